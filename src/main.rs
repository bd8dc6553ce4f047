//! The program: arguments in, exit code out.
fn show<T: std::fmt::Debug>(name: &str, case: &pmsite::case::Case, field: &pmsite::model::fact::Field<T>, only: &str) {
    if !only.is_empty() && only != name { return; }
    println!("## {name}");
    for f in field.readings().iter().take(8) {
        let at = case.source.position(f.evidence.start);
        println!("  {:.2} {:?}  [{}] line {} «{}»", f.certainty, f.value, f.rule.0, at.line, case.source.slice(f.evidence).chars().take(100).collect::<String>());
    }
}
fn main() {
    let folder = std::env::args().nth(1).unwrap_or_default();
    let wishes = pmsite::config::resolve::Wishes { folder: Some(folder.clone().into()), ..Default::default() };
    let site = pmsite::config::resolve::resolve(&wishes).unwrap();
    let t = std::time::Instant::now();
    let vocab = pmsite::vocab::Vocabulary::load(&[]);
    for f in &vocab.findings { eprintln!("{:?}", f); }
    eprintln!("vocab {:?}", t.elapsed());
    let t = std::time::Instant::now();
    let reading = pmsite::pipeline::read(&site, &vocab.value).unwrap();
    eprintln!("read {:?}", t.elapsed());
    let words = pmsite::diag::catalog::Catalog::of("en");
    if let Some(id) = std::env::args().nth(2) {
        let only = std::env::args().nth(3).unwrap_or_default();
        for case in reading.cases.iter().filter(|c| c.source.path.stem() == id) {
            let i = &case.incident;
            show("title", case, &i.title, &only); show("date", case, &i.date, &only); show("started", case, &i.started_at, &only); show("detected", case, &i.detected_at, &only);
            show("resolved", case, &i.resolved_at, &only); show("zone", case, &i.time_zone, &only); show("duration", case, &i.duration_minutes, &only); show("severity", case, &i.severity, &only);
            show("percent", case, &i.affected_percent, &only); show("detection", case, &i.detection, &only);
            if only.is_empty() || only == "causes" { for c in &i.root_causes { println!("cause {} {:?} {:.2} [{}] «{}»", c.fact.value, c.role, c.fact.certainty, c.fact.rule.0, case.source.slice(c.fact.evidence).chars().take(160).collect::<String>()); }
              for c in &i.dismissed { println!("dismissed {} {:.2} «{}»", c.value, c.certainty, case.source.slice(c.evidence).chars().take(160).collect::<String>()); } }
            if only.is_empty() || only == "resolution" { for c in &i.resolution { println!("resolution {:?} {:.2} «{}»", c.value, c.certainty, case.source.slice(c.evidence).chars().take(200).collect::<String>()); } }
            if only.is_empty() || only == "timeline" { for e in &i.timeline { println!("t {} {:?} {}", e.at, e.kind, e.text.chars().take(90).collect::<String>()); } }
            if only.is_empty() || only == "actions" { for e in &i.actions { println!("a {:?} {:?} {:?} {}", e.theme, e.term, e.status, e.text.chars().take(90).collect::<String>()); } }
            for f in &case.findings { println!("! {} {:?}", f.code.name, f.args); }
        }
        return;
    }
    if std::env::var("PM_DUMP").is_ok() {
        for case in &reading.cases {
            for n in &case.incident.namings {
                println!("{}\t{}\t{}\t{:.2}\t{}\t{}\t{}\t{}", case.source.path.stem(), n.cause, n.stance.as_str(), n.weight, n.rule.0, vocab.value.phrase(n.phrase), case.source.slice(n.words).replace(['\n','\t'], " "), case.source.slice(n.sentence).replace(['\n','\t'], " "));
            }
        }
        return;
    }
    for case in &reading.cases {
        println!("{}", serde_json::to_string(&pmsite::record::record(case, case.source.path.as_str(), &words)).unwrap());
    }
}
