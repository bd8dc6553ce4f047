use super::*;
use crate::vocab::pattern::Classes;

fn found(phrase: &str, text: &str) -> Vec<String> {
    let matcher = Matcher::new(
        [(0, Pattern::parse(phrase, &Classes::new()).unwrap())],
        ["but".to_owned()].into(),
    )
    .unwrap();
    matcher
        .find(text)
        .iter()
        .map(|mention| text.get(mention.range()).unwrap_or_default().to_owned())
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
