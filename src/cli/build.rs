//! `pmsite build`

use std::path::PathBuf;

use crate::base::progress::Progress;
use crate::base::source::SourceMap;
use crate::cli::Outcome;
use crate::cli::args::{Build, Level, SiteArgs};
use crate::cli::document::site_around;
use crate::cli::environment::is_ci;
use crate::cli::print::Printer;
use crate::cli::timings::Timings;
use crate::config::Site;
use crate::config::environment::Environment;
use crate::config::resolve::{Wishes, resolve};
use crate::diag::failure::Failure;
use crate::diag::{Diagnostic, Severity, code};
use crate::extract::given;
use crate::model::when::PartialDate;
use crate::pipeline::{self, Built, Order};

/// Builds the site and says what became of the documents.
pub(super) fn run(build: &Build, printer: &Printer) -> Result<Outcome, Failure> {
    let deny = build.deny.or_else(|| is_ci().then_some(Level::Secrets));
    let wishes = Wishes {
        withholds: deny == Some(Level::Secrets),
        output: build.output.clone(),
        cache: if build.no_cache { Some(PathBuf::new()) } else { build.cache_dir.clone() },
        base_url: build.base_url.clone(),
        theme: build.theme.clone(),
        without_content: build.from.is_some(),
        ..wishes(&build.site)?
    };
    if let Some((folder, site)) = wishes.folder.as_deref().and_then(|f| Some((f, site_around(f)?)))
    {
        let part = Failure::new(&code::PART_OF_A_SITE).arg("path", folder.display());
        return Err(part.arg("site", site.root.display()));
    }
    let site = resolve(&wishes)?;
    let timings = Timings::new(printer, build.timings, build.quiet);
    let hear = |step| timings.hear(step);
    let order = Order { from: build.from.as_deref(), force: build.force };
    let built = pipeline::build(&site, order, Progress::to(&hear));
    timings.finish();
    let built = built?;
    let (shown, more) = shown(&built.findings, build);
    printer.findings(shown, &SourceMap::new(&built.sources), false);
    if more > 0 {
        printer.note(&printer.say("more_warnings", &[("n", &more)]));
    }
    if !build.quiet {
        summary(&built, &site, printer);
    }
    if build.timings {
        printer.note(&timings.table());
        let (files, kept) = (built.report.files.len(), built.report.kept);
        printer.note(&printer.say("timing_kept", &[("files", &files), ("kept", &kept)]));
    }
    Ok(denied(&built.findings, deny))
}

/// So many warnings are printed: a large folder that nobody has tended has thousands, and a build is no place to mend them.
const MOST: usize = 50;

/// The findings to print, and how many warnings there are besides.
fn shown<'a>(findings: &'a [Diagnostic], build: &Build) -> (Vec<&'a Diagnostic>, usize) {
    if build.verbose {
        return (findings.iter().collect(), 0);
    }
    let mut warnings = 0;
    let is_shown = |finding: &&Diagnostic| match finding.severity {
        Severity::Error => true,
        Severity::Warning => {
            warnings += 1;
            !build.quiet && warnings <= MOST
        }
        Severity::Note => false,
    };
    let shown = findings.iter().filter(is_shown).collect();
    (shown, if build.quiet { 0 } else { warnings.saturating_sub(MOST) })
}

/// What the site's arguments ask for.
pub(super) fn wishes(site: &SiteArgs) -> Result<Wishes, Failure> {
    Ok(Wishes {
        folder: site.dir.clone(),
        drafts: site.drafts,
        today: site.date.as_deref().map(day).transpose()?,
        environment: Environment::read(),
        ..Wishes::default()
    })
}

/// The day that `--date` names.
pub(super) fn day(text: &str) -> Result<PartialDate, Failure> {
    let day = given::moment(text).and_then(|moment| moment.date).filter(|date| date.is_whole());
    let wrong = || {
        let wrong = Failure::new(&code::BAD_OPTION).arg("option", "--date").arg("value", text);
        wrong.wanted("wanted_whole_day")
    };
    day.ok_or_else(wrong)
}

/// Whether any finding is at least as severe as the level.
pub(super) fn denied(findings: &[Diagnostic], level: Option<Level>) -> Outcome {
    let Some(level) = level else { return Outcome::Done };
    let level = match level {
        Level::Secrets => {
            let any = findings.iter().any(pipeline::is_exposure);
            return if any { Outcome::Denied } else { Outcome::Done };
        }
        Level::Note => Severity::Note,
        Level::Warning => Severity::Warning,
        Level::Error => Severity::Error,
    };
    if pipeline::worst(findings) >= Some(level) { Outcome::Denied } else { Outcome::Done }
}

/// One line that adds up: documents read are documents published and not.
fn summary(built: &Built, site: &Site, printer: &Printer) {
    let output = site.output.display();
    let counts = built.counts;
    let read = counts.read + built.refused;
    let not = read - counts.published;
    let mut reasons = Vec::new();
    for (key, number) in [
        ("reason_drafts", counts.drafts),
        ("reason_private", counts.private),
        ("reason_unpublishable", counts.unpublishable + built.refused),
    ] {
        if number > 0 {
            reasons.push(printer.say(key, &[("n", &number)]));
        }
    }
    let key = if not == 0 { "summary_all" } else { "summary_some" };
    let mut line = printer.say(
        key,
        &[
            ("read", &read),
            ("published", &counts.published),
            ("not", &not),
            ("reasons", &reasons.join(", ")),
        ],
    );
    let tally = |severity: Severity| {
        built.findings.iter().filter(|finding| finding.severity == severity).count()
    };
    let (errors, warnings, notes) =
        (tally(Severity::Error), tally(Severity::Warning), tally(Severity::Note));
    if errors + warnings + notes > 0 {
        line += &printer.say(
            "summary_findings",
            &[("errors", &errors), ("warnings", &warnings), ("notes", &notes)],
        );
    }
    printer.note(&line);
    if read == 0 {
        printer.note(&printer.say("summary_none", &[("content", &site.content.display())]));
    }
    if built.withheld {
        printer.note(&printer.say("summary_withheld", &[("output", &output)]));
        return;
    }
    let files = built.report.files.len();
    printer.note(&printer.say("summary_written", &[("files", &files), ("output", &output)]));
}
