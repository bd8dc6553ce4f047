use super::*;
use crate::index::statistics::line::Quarter;
use crate::index::statistics::series::{LONGEST, Window, buckets};
use crate::index::statistics::spread::{Spread, interval};
use crate::index::{Wishes, index};
use crate::pipeline;
use crate::vocab::Vocabulary;

/// An archive of reports: their paths, days, services, causes and action items.
fn archive(reports: &[(&str, &str, &str, &str, &[&str])]) -> Archive {
    let vocab = Vocabulary::load(&[]).value;
    let case = |&(path, day, service, cause, actions): &(&str, &str, &str, &str, &[&str])| {
        let actions: String = actions.iter().map(|action| format!("- {action}\n")).collect();
        let heading =
            if path.ends_with(".ko.md") { "재발 방지 대책" } else { "Action items" };
        let text = format!(
            "---\ntitle: {path}\ndate: {day}\nservices: [{service}]\nroot_causes: [{cause}]\n---\n## {heading}\n\n{actions}"
        );
        pipeline::text(path, text.into_bytes(), &vocab)
    };
    let cases = reports.iter().map(case).map(std::sync::Arc::new).collect();
    index(cases, &vocab, Wishes { drafts: false, today: None }).value
}

/// The paths of documents.
fn paths(archive: &Archive, ids: &[usize]) -> Vec<String> {
    ids.iter().map(|&id| archive.filed[id].case.source.path.to_string()).collect()
}

#[test]
fn a_cause_comes_back_on_a_service() {
    let archive = archive(&[
        ("a.md", "2024-01-10", "checkout", "deadlock", &[]),
        ("b.md", "2024-03-01", "checkout", "deadlock", &[]),
        ("c.md", "2024-02-01", "search", "deadlock", &[]),
        ("d.md", "2023-02-01", "checkout", "slow-query", &[]),
        ("e.md", "2022-12-24", "checkout", "deadlock", &[]),
    ]);
    let streaks: Vec<_> = archive.statistics.streaks().collect();
    assert_eq!(streaks.len(), 1, "neither another service nor another cause is a return");
    assert_eq!(paths(&archive, &streaks[0].filed), ["e.md", "a.md", "b.md"]);
    let place = archive.facets.place(Facet::Service, "checkout").unwrap() as u32;
    assert_eq!(archive.statistics.streaks_of(Facet::Service, place).count(), 1);
}

/// Which documents promise the same, for each promise that was made more than once.
#[track_caller]
fn promised(reports: &[(&str, &[&str])], expected: &[&[&str]]) {
    let reports: Vec<_> = reports
        .iter()
        .zip(1..)
        .map(|(&(path, actions), day)| (path, format!("2024-01-{day:02}"), actions))
        .collect();
    let reports: Vec<_> = reports
        .iter()
        .map(|(path, day, actions)| (*path, day.as_str(), "checkout", "deadlock", *actions))
        .collect();
    let archive = archive(&reports);
    let found: Vec<Vec<String>> = archive
        .promises(&Vocabulary::load(&[]).value)
        .iter()
        .map(|promise| {
            paths(&archive, &promise.made.iter().map(|made| made.id).collect::<Vec<_>>())
        })
        .collect();
    assert_eq!(found, expected);
}

/// What many actions have in common, so that words of the cases are as rare as they are elsewhere.
const OTHERS: &[&str] = &[
    "Write a runbook for the night shift",
    "Teach the new colleagues how the queue works",
    "Replace the fan of the old rack",
    "Renew the contract with the courier",
    "Ask the vendor for a status page",
    "Move the backups to another region",
];

#[test]
fn what_was_promised_twice_is_found_in_other_words() {
    promised(
        &[
            ("a.md", &["Add an alert on lock waits above 5 seconds in the orders database"]),
            ("b.md", OTHERS),
            ("c.md", &["add alert on lock waits over 5 seconds, orders database (Ana, May)"]),
            ("d.md", &["Add an alert on certificate expiry 30 days ahead"]),
        ],
        &[&["a.md", "c.md"]],
    );
}

#[test]
fn one_incident_that_promises_twice_is_no_return() {
    promised(
        &[
            ("a.md", &["Add an alert on slow queries", "Add alert on slow queries"]),
            ("b.md", OTHERS),
        ],
        &[],
    );
}

#[test]
fn promises_are_found_across_languages() {
    promised(
        &[
            ("a.md", &["Implement auto-scaling in Kubernetes for traffic spikes"]),
            ("b.md", OTHERS),
            ("c.ko.md", &["Kubernetes 오토스케일링 구현: 트래픽 급증 시 자동 확장"]),
            ("d.ko.md", &["온보딩 문서를 번역한다"]),
        ],
        &[&["a.md", "c.ko.md"]],
    );
}

#[test]
fn spreads_have_middles_and_ends() {
    assert_eq!(Spread::of(vec![]), None);
    let one = Spread::of(vec![7.0]).unwrap();
    assert_eq!((one.known, one.median, one.p90), (1, 7.0, 7.0));
    let even = Spread::of(vec![40.0, 10.0, 30.0, 20.0]).unwrap();
    assert_eq!((even.median, even.p90), (25.0, 37.0));
    assert!(!even.is_enough());
    let hundred = Spread::of((1..=101).map(f64::from).collect()).unwrap();
    assert_eq!((hundred.median, hundred.p90), (51.0, 91.0));
}

#[test]
fn a_share_of_few_is_unsure() {
    assert_eq!(interval(0, 0), (0.0, 100.0));
    let rounded = |part, all| {
        let (low, high) = interval(part, all);
        ((low * 10.0).round() / 10.0, (high * 10.0).round() / 10.0)
    };
    // As tables of Wilson's interval have it.
    assert_eq!(rounded(5, 10), (23.7, 76.3));
    assert_eq!(rounded(0, 10), (0.0, 27.8));
    assert_eq!(rounded(50, 100), (40.4, 59.6));
}

#[test]
fn a_wrong_year_does_not_empty_a_chart() {
    let archive = archive(&[
        ("a.md", "1024-01-10", "checkout", "deadlock", &[]),
        ("b.md", "2024-03-01", "checkout", "deadlock", &[]),
        ("c.md", "2024-08-01", "checkout", "deadlock", &[]),
    ]);
    let window = Window::of(&archive.statistics, archive.leading()).unwrap();
    assert_eq!((window.first, window.length), (Quarter::of(2024, 3), 3));
    assert!(window.length <= LONGEST);
    let counts: Vec<usize> = buckets(&archive.statistics, window, archive.leading())
        .iter()
        .map(|bucket| bucket.incidents)
        .collect();
    assert_eq!(counts, [1, 0, 1]);
}

#[test]
fn a_chart_ends_with_the_newest() {
    let window = |days: &[&str]| {
        let reports: Vec<_> =
            days.iter().map(|day| (*day, *day, "checkout", "deadlock", &[] as &[&str])).collect();
        let archive = archive(&reports);
        let window = Window::of(&archive.statistics, archive.leading()).unwrap();
        (window.first.year(), window.quarters().last().unwrap().year())
    };
    assert_eq!(window(&["2010-05-01", "2010-12-01", "2011-02-01", "2024-03-01"]), (2010, 2024));
    assert_eq!(window(&["1988-05-01", "1988-06-01", "2012-02-01", "2024-03-01"]), (2012, 2024));
    assert_eq!(window(&["2022-05-01", "2023-06-01", "2024-02-01", "2204-03-01"]), (2022, 2024));
    assert_eq!(window(&["2022-05-01", "2032-06-01"]), (2022, 2032));
    assert_eq!(window(&["1024-05-01", "2024-05-01"]), (2024, 2024));
}

#[test]
fn the_ledger_has_what_is_not_done_first() {
    let archive = archive(&[
        ("a.md", "2024-01-10", "checkout", "deadlock", &["Add an alert - done", "Add a graph"]),
        ("b.md", "2024-02-10", "checkout", "deadlock", &["Add a dashboard"]),
    ]);
    assert_eq!(archive.statistics.ledger.all().count(), 3);
    for (_, promised) in archive.statistics.ledger.themes() {
        let done: Vec<bool> = promised
            .iter()
            .map(|&it| archive.action(it).status == Some(crate::model::action::Status::Done))
            .collect();
        assert!(done.is_sorted(), "{done:?}");
    }
    assert_eq!(archive.age(1), Some(31), "reckoned from the newest day");
}

#[test]
fn a_list_without_end_does_not_count_its_square() {
    let services: Vec<String> = (0..500).map(|number| format!("service-{number}")).collect();
    let services = services.join(", ");
    let archive = archive(&[("a.md", "2024-01-10", &services, "deadlock", &[])]);
    assert_eq!(archive.facets.values(Facet::Service).len(), 500);
    let (counts, known) = counts::tally(&archive, Facet::Service, archive.leading());
    assert_eq!((counts.len(), known), (100, 1));
}
