//! Generated postmortems in both languages, for benchmarks and for tests with many documents: as many as one
//! likes, the same for the same seed, some 3.4 KB each.
//!
//! Words are as frequent as in real prose (Zipf): after the real words of `en.toml` and `ko.toml` comes a long
//! tail of made-up ones, so that dictionaries grow as they do with real documents.

use serde::Deserialize;

/// A generated document.
pub(crate) struct Generated {
    /// Its file name, which says its language.
    pub(crate) name: String,
    /// Its text.
    pub(crate) text: String,
}

/// Documents from a seed. The first `n` are the same whatever comes after them.
pub(crate) struct Generator {
    seed: u64,
    voices: [Voice; 2],
}

/// What the documents of a language are made of.
#[derive(Deserialize)]
struct Voice {
    services: Vec<String>,
    titles: Vec<String>,
    summaries: Vec<String>,
    causes: Vec<String>,
    sentences: Vec<String>,
    timeline: Vec<String>,
    impacts: Vec<String>,
    detections: Vec<String>,
    resolutions: Vec<String>,
    actions: Vec<String>,
    headings: Vec<String>,
    words: Vec<String>,
}

/// So many different words a language has.
const VOCABULARY: usize = 40_000;
/// Documents are about this long, in bytes.
const LENGTH: usize = 3_400;

impl Generator {
    /// A generator.
    pub(crate) fn new(seed: u64) -> Self {
        let voice = |text: &str| toml::from_str(text).expect("our own words are well-formed");
        Self { seed, voices: [voice(include_str!("en.toml")), voice(include_str!("ko.toml"))] }
    }

    /// The document with this number. Every second one is Korean.
    pub(crate) fn document(&self, number: usize) -> Generated {
        let mut random = Random(self.seed ^ (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        random.next();
        let korean = number % 2 == 1;
        let voice = &self.voices[usize::from(korean)];
        let (year, month) = (2015 + random.below(11), 1 + random.below(12));
        let day = 1 + random.below(28);
        let mut writer = Writer {
            voice,
            korean,
            date: if korean {
                format!("{year}년 {month}월 {day}일")
            } else {
                format!("{year}-{month:02}-{day:02}")
            },
            service: random.pick(&voice.services).clone(),
            cause: random.pick(&voice.causes).clone(),
            minute: random.below(600),
            random,
            text: String::with_capacity(LENGTH + 500),
        };
        writer.report();
        let lang = if korean { "ko" } else { "en" };
        Generated { name: format!("{year}/{number:06}-{lang}.md"), text: writer.text }
    }
}

/// A document on its way.
struct Writer<'a> {
    voice: &'a Voice,
    korean: bool,
    date: String,
    service: String,
    cause: String,
    minute: usize,
    random: Random,
    text: String,
}

impl Writer<'_> {
    /// Title, the sections that reports have, and prose until the length is reached.
    fn report(&mut self) {
        let voice = self.voice;
        self.line("# ", &voice.titles, "\n\n");
        for (place, heading) in voice.headings.iter().enumerate() {
            self.text.push_str(&format!("## {heading}\n\n"));
            match place {
                0 => self.line("", &voice.summaries, "\n\n"),
                1 => self.line("", &voice.impacts, "\n\n"),
                2 => {
                    for row in &voice.timeline {
                        self.minute += 1 + self.random.below(12);
                        self.line("- ", std::slice::from_ref(row), "\n");
                    }
                    self.text.push('\n');
                    continue;
                }
                4 => self.line("", &voice.detections, "\n\n"),
                5 => self.line("", &voice.resolutions, "\n\n"),
                7 => {
                    for _ in 0..3 {
                        self.line("- ", &voice.actions, "\n");
                    }
                    continue;
                }
                _ => {}
            }
            // The last section holds the actions; the rest of the length is shared by those before it.
            let until = LENGTH * (place + 1) / (voice.headings.len() - 1);
            while self.text.len() < until {
                self.line("", &voice.sentences, " ");
            }
            self.text.push_str("\n\n");
        }
    }

    /// One of the templates, filled.
    fn line(&mut self, before: &str, templates: &[String], after: &str) {
        let template = self.random.pick(templates).clone();
        let start = self.text.len();
        self.text.push_str(before);
        let mut rest = template.as_str();
        while let Some(at) = rest.find(['{', '(']) {
            self.text.push_str(&rest[..at]);
            let close = if rest[at..].starts_with('{') { '}' } else { ')' };
            let end = at + rest[at..].find(close).expect("blanks are closed");
            match &rest[at + 1..end] {
                "d" => self.text.push_str(&self.date),
                "s" => self.text.push_str(&self.service),
                "c" => self.text.push_str(&self.cause),
                "n" => self.text.push_str(&self.random.below(100).to_string()),
                "t" => {
                    let minute = 480 + self.minute;
                    self.text.push_str(&format!("{:02}:{:02}", minute / 60 % 24, minute % 60));
                }
                "w" => {
                    let word = self.word();
                    self.text.push_str(&word);
                }
                particles => {
                    let (closed, open) = particles.split_once('/').unwrap_or((particles, ""));
                    let last = self.text.chars().next_back().unwrap_or(' ');
                    self.text.push_str(if has_final(last) { closed } else { open });
                }
            }
            rest = &rest[end + 1..];
        }
        self.text.push_str(rest);
        self.text.push_str(after);
        let first = self.text[start + before.len()..].chars().next();
        if let Some(first) = first.filter(char::is_ascii_lowercase) {
            let at = start + before.len();
            self.text.replace_range(at..=at, &first.to_ascii_uppercase().to_string());
        }
    }

    /// A word by Zipf's law: the one of rank `r` is drawn with a chance like `1 / r`.
    fn word(&mut self) -> String {
        let uniform = self.random.unit();
        let rank = ((VOCABULARY as f64).powf(uniform) - 1.0) as usize;
        match self.voice.words.get(rank) {
            Some(word) => word.clone(),
            None => made_up(rank, self.korean),
        }
    }
}

/// A word that does not exist, the same for the same rank.
fn made_up(rank: usize, korean: bool) -> String {
    const ONSETS: [&str; 16] =
        ["b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "tr", "st", "pl"];
    const RIMES: [&str; 12] = ["a", "e", "i", "o", "u", "er", "on", "al", "in", "ar", "en", "is"];
    let mut random = Random(rank as u64 ^ 0x5bd1_e995);
    random.next();
    let mut word = String::new();
    for _ in 0..2 + random.below(3) {
        if korean {
            // Plain consonants, plain vowels, at times an N, L, M or NG to close: how borrowed words sound.
            let (onset, vowel) =
                ([0, 2, 3, 5, 6, 7, 9, 11, 12, 14, 15, 16, 17, 18], [0, 4, 5, 8, 13, 18, 20, 1]);
            let last = [0, 0, 0, 0, 4, 8, 16, 21][random.below(8)];
            let code = 0xac00 + onset[random.below(14)] * 588 + vowel[random.below(8)] * 28 + last;
            word.extend(char::from_u32(code));
        } else {
            word.push_str(ONSETS[random.below(16)]);
            word.push_str(RIMES[random.below(12)]);
        }
    }
    word
}

/// Whether a Hangul syllable ends in a consonant.
fn has_final(letter: char) -> bool {
    let code = letter as u32;
    (0xac00..=0xd7a3).contains(&code) && !(code - 0xac00).is_multiple_of(28)
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// From 0 up to 1.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}
