use super::*;
use crate::vocab::Vocabulary;

fn show(stamp: &Stamp) -> String {
    let mut text = stamp.moment().to_string();
    if let Some(zone) = &stamp.zone {
        text += &format!(" {}", zone.name);
    }
    for (is, mark) in [(stamp.ambiguous, '?'), (stamp.slip, '!')] {
        if is {
            text.push(mark);
        }
    }
    text
}

fn read(text: &str, habits: Habits) -> String {
    let mentions = scan(text, &WORDS, habits);
    let shown: Vec<String> = mentions
        .iter()
        .map(|mention| match &mention.kind {
            TimeKind::Moment(stamp) => show(stamp),
            TimeKind::Range(first, last) => format!("{}..{}", show(first), show(last)),
            TimeKind::Length(minutes) => format!("{minutes}m"),
            TimeKind::Offset(minutes) => format!("+{minutes}m"),
        })
        .collect();
    shown.join(", ")
}

fn check(cases: &[(&str, &str)], korean: bool) {
    let habits = Habits { korean, ..Habits::default() };
    for (text, want) in cases {
        assert_eq!(read(text, habits), *want, "{text}");
    }
}

#[test]
fn english_dates() {
    check(
        &[
            ("on July 5th, 2024 we", "2024-07-05"),
            ("(UTC) on Jul, 5, 2024.", "2024-07-05"),
            ("in May, 10 of them, 2024 in all", ""),
            ("25 october 2023", "2023-10-25"),
            ("Friday, May 3rd, 2024", "2024-05-03"),
            ("May 23th, 2018", "2018-05-23"),
            ("the 10th of  April , 2024", "2024-04-10"),
            ("06/May/2022", "2022-05-06"),
            ("05/16/23", "2023-05-16"),
            ("25-10-2023", "2023-10-25"),
            ("01/03/2025", "2025-01-03?"),
            ("03, 14, 2024", "2024-03-14"),
            ("2019-1-17", "2019-01-17"),
            ("febr 20, 2022", "2022-02-20"),
            ("November 5th ’24", "2024-11-05"),
            ("Saturday 2nd May", "--05-02"),
            ("January 14-19, 2026", "2026-01-14..2026-01-19"),
            ("November 2023", "2023-11"),
            ("2024-02-30", ""),
            ("it may 5 times", ""),
            ("versions 1.2.3 and 10.0.0.1", ""),
        ],
        false,
    );
}

#[test]
fn english_times() {
    check(
        &[
            ("9:56:35 pm", "T21:56:35"),
            ("At11:15 PM", "T23:15"),
            ("13:17pm", "T13:17!"),
            ("12:15 AM", "T00:15"),
            ("0:30pm", "T12:30"),
            ("5pm", "T17:00"),
            ("2:30 p.m. to 5:00 p.m. (WAT)", "T14:30 WAT..T17:00 WAT"),
            ("8.35 AM", "T08:35"),
            ("0300hrs (EAT)", "T03:00 EAT"),
            ("between 1900 and 2100 UTC", "T19:00 UTC..T21:00 UTC"),
            ("from 1900 UTC", "T19:00 UTC"),
            ("12;45PM", "T12:45"),
            ("11.07: Started", "T11:07"),
            ("noon", "T12:00"),
            ("11:21a", "T11:21"),
            ("T+5m", "+5m"),
            ("~13:30-13:45", "T13:30..T13:45"),
            ("2024-07-15 09:45 AM PST", "2024-07-15T09:45 PST"),
            ("2024-07-15T08:19:34+0100", "2024-07-15T08:19:34 +0100"),
            ("January 24, 2024, 15:00 to 18:30 UTC", "2024-01-24T15:00 UTC..2024-01-24T18:30 UTC"),
            (
                "March 8, 2024, 10:00 AM - March 9, 2024, 2:00 AM (UTC)",
                "2024-03-08T10:00 UTC..2024-03-09T02:00 UTC",
            ),
            ("10:30 pm to 3:30am", "T22:30..T03:30"),
            ("3:00 PM to 6:45 PM GMT+1", "T15:00 GMT+1..T18:45 GMT+1"),
            ("2:00 – 5:00 PM", "T14:00..T17:00"),
            ("Sept 30 @ 22:16:01 UTC", "--09-30T22:16:01 UTC"),
            (
                "10:15 AM and ending at 12:52 PM EAT on August 12th, 2024",
                "2024-08-12T10:15 EAT..2024-08-12T12:52 EAT",
            ),
            ("July 23, 2023  13:17pm: found", "2023-07-23T13:17!"),
            ("07-25 01:04Z", "--07-25T01:04 Z"),
        ],
        false,
    );
}

#[test]
fn lengths() {
    check(
        &[
            ("2 hours 30 minutes", "150m"),
            ("1 hour, 25 minutes", "85m"),
            ("1hr:35mins", "95m"),
            ("2 and half hours", "150m"),
            ("a 90-minute outage", "90m"),
            ("673h 34m", "40414m"),
            ("about 2.5h", "150m"),
            ("half an hour", "30m"),
            ("a quarter of an hour", "15m"),
            ("forty-five minutes", "45m"),
            ("약 1시간 13분", "73m"),
            ("3분37초", "3.6166666666666667m"),
            ("(35분간)", "35m"),
            ("10분의 1", ""),
            ("2분기", ""),
        ],
        false,
    );
}

#[test]
fn korean() {
    check(
        &[
            ("2024년 08월 23일 오후 11시 23분", "2024-08-23T23:23"),
            ("2025년 6월 5일(수) 16시 30분경", "2025-06-05T16:30"),
            ("6월 5일 16시 30분경", "--06-05T16:30"),
            ("2024.08.23", "2024-08-23"),
            ("14:05 ~ 15:10", "T14:05..T15:10"),
            ("2025년 6월 5일 14:05 ~ 15:10 (총 65분)", "2025-06-05T14:05..2025-06-05T15:10, 65m"),
            ("오전 10:15", "T10:15"),
            ("10~11시", "T10:00..T11:00"),
            ("2026-06-12 23:48~00:00 KST", "2026-06-12T23:48 KST..2026-06-13T00:00 KST"),
            ("~25.06.14", "2025-06-14"),
            ("07-31 17:00", "--07-31T17:00"),
            ("새벽 2시쯤", "T02:00"),
            ("지속 시간 약 23분 (14:07 ~ 14:30)", "23m, T14:07..T14:30"),
        ],
        true,
    );
}

const PIECES: [&str; 49] = [
    "July", "may", "5th", "12", "2024", "20240705", "7", "24", "00", "30", ":", "-", "–", "/", ".",
    ",", "+", "(", ")", "T", "t", "Z", "UTC", "GMT", "pm", "a.m", "h", "hrs", "noon", "half", "an",
    "forty", "five", "and", "hours", "mins", "Fri", "to", "at", "the", "of", "오후", "시", "분",
    "년", "월", "일", "시간", "사흘",
];

proptest::proptest! {
    #[test]
    fn words_that_are_passed_over_begin_nothing(
        pieces in proptest::collection::vec((proptest::sample::select(&PIECES[..]), proptest::bool::ANY), 0..16),
        korean in proptest::bool::ANY,
    ) {
        let line: String =
            pieces.iter().flat_map(|(piece, spaced)| [*piece, if *spaced { " " } else { "" }]).collect();
        let reader = Reader::new(&line, 0, &WORDS, Habits { korean, ..Habits::default() });
        for at in 0..reader.tokens.len() {
            proptest::prop_assert!(reader.opens(at) || reader.any(at).is_none(), "{} at {}", line, at);
            let zone = reader.zone(at).filter(|(zone, _)| !zone.name.starts_with(['+', '-']));
            proptest::prop_assert!(reader.opens_zone(at) || zone.is_none(), "{} at {}", line, at);
        }
    }
}

/// Reading the lexicons takes longer than a case.
static WORDS: std::sync::LazyLock<ClockWords> =
    std::sync::LazyLock::new(|| Vocabulary::load(&[]).value.clock);
