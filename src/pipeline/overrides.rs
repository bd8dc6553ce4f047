//! The files of overrides: read, screened for what must not be published, and understood before any document.
#![expect(clippy::disallowed_methods, reason = "asks whether there are overrides")]

use crate::base::path::RelPath;
use crate::base::source::Source;
use crate::base::span::FileId;
use crate::check::secret;
use crate::config::Site;
use crate::decode::{self, decode};
use crate::diag::failure::Failure;
use crate::diag::{Diagnosed, Diagnostic, code};
use crate::discover::{Found, Role};
use crate::extract::given::Overrides;
use crate::pipeline::read::followed;
use crate::vocab::Vocabulary;

/// The files in which authors say something of documents: `overrides.toml`, beside the content or in it.
pub(super) fn files<'a>(
    site: &Site,
    found: impl Iterator<Item = &'a Found>,
) -> Result<Vec<Source>, Failure> {
    let beside = Found {
        id: FileId::OVERRIDES,
        path: RelPath::known("overrides.toml"),
        file: followed(&site.root.join("overrides.toml")),
        role: Role::Overrides,
    };
    let inside: Vec<Found> = found.cloned().collect();
    let is_inside = inside.iter().any(|found| followed(&found.file) == beside.file);
    let beside = (!is_inside && beside.file.is_file()).then_some(beside);
    let read = |found: Found| {
        let cannot = |error| Failure::io(&code::CANNOT_READ, &found.file, &error);
        let Some(bytes) = decode::read::read(&found, site.largest_document).map_err(cannot)? else {
            let large = Failure::new(&code::FILE_TOO_LARGE).arg("path", &found.path);
            return Err(large.arg("why", site.largest_document));
        };
        Ok(decode(found.id, found.path.clone(), bytes).value)
    };
    beside.into_iter().chain(inside).map(read).collect()
}

/// What these files say of documents. Where one cannot be read nothing is built: it may say that a document is private.
pub(super) fn said(
    sources: &[Source],
    findings: &mut Vec<Diagnostic>,
) -> Result<Overrides, Failure> {
    let mut overrides = Overrides::default();
    for source in sources {
        overrides.add(source, findings).map_err(|wrong| Failure::at(wrong, source.clone()))?;
    }
    Ok(overrides)
}

/// What these files say once what must not be published is masked in them, as in documents; who may see a document they
/// say as they are written.
pub(super) fn screened(
    site: &Site,
    vocab: &Vocabulary,
    sources: &mut [Source],
    findings: &mut Vec<Diagnostic>,
) -> Result<Overrides, Failure> {
    let written = said(sources, &mut Vec::new())?;
    for source in &mut *sources {
        let Diagnosed { value, findings: secrets } =
            secret::screen(source.clone(), &vocab.secrets, &site.redacted);
        *source = value;
        findings.extend(secrets);
    }
    let mut masked = said(sources, findings)?;
    masked.keep_back(&written);
    Ok(masked)
}
