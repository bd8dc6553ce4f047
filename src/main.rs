//! The program: arguments in, exit code out.
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
    for case in &reading.cases {
        println!("{}", serde_json::to_string(&pmsite::record::record(case, case.source.path.as_str(), &words)).unwrap());
    }
}
