use super::*;
use crate::vocab::pattern::Classes;

fn found(phrase: &str, text: &str) -> Vec<String> {
    let matcher = Matcher::new(
        [(0, Pattern::parse(phrase, &Classes::new()).unwrap())],
        ["but".to_owned()].into(),
    );
    matcher
        .find(text)
        .iter()
        .map(|mention| {
            text.get(mention.start as usize..mention.end as usize).unwrap_or_default().to_owned()
        })
        .collect()
}

#[test]
fn phrases_match_what_they_say() {
    let none: &[&str] = &[];
    for (phrase, text, want) in [
        ("deadlock*", "Two deadlocks, one Deadlock", &["deadlock", "Deadlock"][..]),
        ("deadlock", "deadlocks", none),
        ("lock", "a block and a clock", none),
        (
            "load_test*",
            "load tests, load-testing, loadtest",
            &["load test", "load-test", "loadtest"],
        ),
        ("ran|running out of ?disk space", "we ran out of space", &["ran out of space"]),
        ("ran|running out of ?disk space", "we ran out of disk space", &["ran out of disk space"]),
        ("lack of .. testing", "lack of proper load testing", &["lack of proper load testing"]),
        ("lack of .. testing", "lack of sleep. Later testing", none),
        ("lack of .. testing", "lack of one two three four five testing", none),
        ("lack of", "lack, of", none),
        ("데드락", "MySQL데드락으로 인해", &["데드락"]),
        ("^락 경합", "락이 경합했다, 하락 경합", &["락이 경합"]),
        (
            "커넥션_풀 고갈",
            "커넥션풀이 고갈되었다, 커넥션 풀 고갈",
            &["커넥션풀이 고갈", "커넥션 풀 고갈"],
        ),
        (
            "부하_테스트 .. 부족",
            "부하 테스트가 사전에 많이 부족했다",
            &["부하 테스트가 사전에 많이 부족"],
        ),
        ("db 타임아웃", "DB에서 타임아웃", &["DB에서 타임아웃"]),
    ] {
        assert_eq!(found(phrase, text), want, "{phrase} in {text}");
    }
}

#[test]
fn a_phrase_that_cannot_match_is_refused() {
    for bad in ["", "..", "?a b", "a ..", "a || b", "..x a"] {
        assert!(Pattern::parse(bad, &Classes::new()).is_err(), "{bad:?}");
    }
}

/// What the matcher finds, the slow way: every phrase at every place, every word looked for by itself.
fn slowly(phrases: &[Pattern], breaks: &Matcher, text: &str) -> Vec<Mention> {
    let addresses = addresses(text);
    let stands = |word: &Word, at: usize| {
        let end = at + word.text.len();
        let is_same = text.get(at..end).is_some_and(|found| found.eq_ignore_ascii_case(&word.text));
        let joins = word.from_start && joins_before(text, text.as_bytes(), at)
            || word.to_end && text.as_bytes().get(end).is_some_and(|byte| is_word_byte(*byte));
        is_same && !joins && !addresses.iter().any(|address| address.contains(&at))
    };
    fn end(
        stands: &dyn Fn(&Word, usize) -> bool,
        breaks: &Matcher,
        text: &str,
        from: usize,
        elements: &[Element],
    ) -> Option<usize> {
        let Some((element, rest)) = elements.split_first() else { return Some(from) };
        let mut best = element.optional.then(|| end(stands, breaks, text, from, rest)).flatten();
        for at in from..text.len().min(from + reach_of(element.gap) + 1) {
            for word in element.words.iter().filter(|word| stands(word, at)) {
                let between = text.get(from..at).unwrap_or("\n");
                if follows(between, element.gap) && (element.gap == 0 || !breaks.breaks(between)) {
                    best = best.max(end(stands, breaks, text, at + word.text.len(), rest));
                }
            }
        }
        best
    }
    let mut found = Vec::new();
    for at in 0..text.len() {
        for (entry, phrase) in phrases.iter().enumerate() {
            let (first, rest) = phrase.elements.split_first().unwrap();
            let words = first.words.iter().filter(|word| stands(word, at));
            let ends =
                words.filter_map(|word| end(&stands, breaks, text, at + word.text.len(), rest));
            if let Some(end) = ends.max() {
                found.push(Mention { entry: entry as u32, start: at as u32, end: end as u32 });
            }
        }
    }
    found
}

const PHRASES: [&str; 16] = [
    "lock*",
    "lock",
    "load_test* ?was ..2 lock|locked",
    "a|the ?slow test",
    "test .. load",
    "락",
    "^락 경합",
    "커넥션_풀 고갈|부족",
    "부하 .. 고갈",
    "the lock ..3 test ?load 락",
    "slow ?test ?lock load",
    "lock load|test|락",
    "a .. a",
    "didn't lock",
    "db 락",
    "load load",
];
const PIECES: [&str; 32] = [
    "lock",
    "locked",
    "Lock",
    "load",
    "test",
    "tests",
    "load-test",
    "slow",
    "was",
    "a",
    "the",
    "but",
    "didn’t",
    "db",
    "커넥션",
    "커넥션풀",
    "풀",
    "락",
    "하락",
    "경합",
    "고갈",
    "부족",
    "에서",
    "부하",
    "이",
    ", ",
    ". ",
    "\n",
    "; ",
    "(",
    "https://a.b/lock ",
    "—",
];

proptest::proptest! {
    #[test]
    fn the_slow_way_finds_the_same(
        pieces in proptest::collection::vec((proptest::sample::select(&PIECES[..]), proptest::bool::weighted(0.7)), 0..24)
    ) {
        let text: String =
            pieces.iter().flat_map(|(piece, spaced)| [*piece, if *spaced { " " } else { "" }]).collect();
        let phrases: Vec<Pattern> =
            PHRASES.iter().map(|phrase| Pattern::parse(phrase, &Classes::new()).unwrap()).collect();
        let numbered = phrases.iter().cloned().enumerate().map(|(entry, phrase)| (entry as u32, phrase));
        let matcher = Matcher::new(numbered, ["but".to_owned()].into());
        proptest::prop_assert_eq!(matcher.find(&text), slowly(&phrases, &matcher, &text));
    }
}
