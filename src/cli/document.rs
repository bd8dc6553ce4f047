//! A document that a command is given: which file is meant, which site it belongs to, and what it is called there.
#![expect(clippy::disallowed_methods, reason = "finds the site that a document belongs to")]

use std::path::{Path, PathBuf};

use crate::base::path::RelPath;
use crate::config::environment::Environment;
use crate::config::resolve::{Wishes, resolve};
use crate::config::{Site, file};
use crate::diag::code;
use crate::diag::failure::Failure;
use crate::pipeline::DOCUMENTS;

/// The file that is meant: the path as it is, or as the document's page gives it, which is below the content folder of this
/// site, with or without its ending.
pub(super) fn find(named: &Path) -> Result<PathBuf, Failure> {
    if named.exists() {
        return Ok(named.to_path_buf());
    }
    let here =
        Wishes { environment: Environment::read(), without_content: true, ..Wishes::default() };
    let content = resolve(&here).map_or_else(|_| PathBuf::from(file::CONTENT), |site| site.content);
    let ending = |ending: &&str| {
        let mut name = named.as_os_str().to_owned();
        name.push(".");
        name.push(ending);
        PathBuf::from(name)
    };
    let names = std::iter::once(named.to_path_buf()).chain(DOCUMENTS.iter().map(ending));
    let mut places = names.flat_map(|name| [name.clone(), content.join(name)]);
    places.find(|place| place.is_file()).ok_or_else(|| missing(named))
}

/// The folder of the site that a document or a folder of documents belongs to: the nearest that holds it and has settings;
/// without any the current one (nothing) whose `content/` holds it, else the folder itself.
pub(super) fn site_of(place: &Path) -> Option<PathBuf> {
    let named = |folder: &Path| PathBuf::from(".").join(folder);
    let whole = place.canonicalize().unwrap_or_default();
    let not_itself = usize::from(!place.is_dir());
    let above = place.ancestors().skip(not_itself).map(named);
    let mut above = above.chain(whole.ancestors().skip(not_itself).map(Path::to_path_buf));
    let with_settings = above.find(|folder| folder.join(file::NAME).is_file());
    let is_content = || {
        let content = Path::new(file::CONTENT).canonicalize();
        content.is_ok_and(|content| whole.starts_with(content))
    };
    with_settings.or_else(|| place.ancestors().nth(not_itself).filter(|_| !is_content()).map(named))
}

/// The site with settings of whose documents a folder holds only a part.
pub(super) fn site_around(folder: &Path) -> Option<Site> {
    let root = site_of(folder).filter(|root| root.join(file::NAME).is_file());
    let environment = Environment::read();
    let site = resolve(&Wishes { folder: Some(root?), environment, ..Wishes::default() }).ok()?;
    let name = name_of(folder, &site).ok()?;
    (!name.as_str().is_empty()).then_some(site)
}

/// What a document is called in its site.
pub(super) fn name_of(document: &Path, site: &Site) -> Result<RelPath, Failure> {
    let within = |folder: &Path| {
        let document = document.canonicalize().ok()?;
        Some(document.strip_prefix(folder.canonicalize().ok()?).ok()?.to_path_buf())
    };
    within(&site.content).map(|path| RelPath::new(&path)).ok_or_else(|| missing(document))
}

/// There is no such document.
pub(super) fn missing(path: &Path) -> Failure {
    Failure::new(&code::NO_DOCUMENT).arg("path", path.display())
}
