//! A cache that bears the right seal and was written to do harm.

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::base::progress::Progress;
use crate::case::Case;
use crate::config::Site;
use crate::config::resolve::{Wishes, resolve};
use crate::pipeline::{Order, build};

/// A folder with two documents, and how it is built.
fn site(folder: &TempDir) -> Site {
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("content")).unwrap();
    let report = "# Checkout was down\n\n2024-03-05 10:00 UTC: the certificate expired.\n\nSee [this](b.md).\n";
    fs::write(at("content/a.md"), report).unwrap();
    fs::write(
        at("content/b.md"),
        "# 결제 장애\n\n- 심각도: SEV2\n- 발생: 2024-03-06 10:00 KST\n\n원인은 교착 상태였다.\n",
    )
    .unwrap();
    let wishes = Wishes {
        folder: Some(folder.path().to_path_buf()),
        output: Some(at("public")),
        cache: Some(at("cache")),
        ..Wishes::default()
    };
    resolve(&wishes).unwrap()
}

fn run(site: &Site) {
    let order = Order::default();
    build(site, order, Progress::default()).map(drop).unwrap_or_else(|_| panic!("no build"));
}

#[test]
fn what_claims_to_be_long_is_nothing() {
    let folder = TempDir::new().unwrap();
    let cache = Cache::at(Some(folder.path()));
    let endless = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
    for tail in [&[][..], &[0; 100]] {
        let mut bytes = [&endless[..], tail].concat();
        bytes.extend_from_slice(&seal(&bytes).0);
        fs::write(folder.path().join("long"), &bytes).unwrap();
        assert!(cache.load::<Vec<(Digest, Case)>>("long").is_none());
        assert!(cache.load::<String>("long").is_none());
    }
}

#[test]
fn a_file_of_another_program_is_none() {
    let folder = TempDir::new().unwrap();
    let cache = Cache::at(Some(folder.path()));
    cache.save("name", &"value");
    assert_eq!(cache.load::<String>("name").as_deref(), Some("value"));
    let mut bytes = fs::read(folder.path().join("name")).unwrap();
    let content = bytes.len() - SEAL;
    bytes.truncate(content);
    bytes.extend_from_slice(&Digester::default().add(b"another").add(&bytes).finish().0);
    fs::write(folder.path().join("name"), &bytes).unwrap();
    assert_eq!(cache.load::<String>("name"), None);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(
        std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(4),
    ) })]

    /// What comes of it may be wrong, for whoever can write such a file can write documents, too. It ends.
    #[test]
    fn a_build_ends_whatever_a_sealed_cache_says(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>()), 1..6),
        other in any::<bool>(),
    ) {
        let folder = TempDir::new().unwrap();
        let site = site(&folder);
        run(&site);
        let mut files: Vec<PathBuf> = fs::read_dir(folder.path().join("cache")).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|file| fs::metadata(file).unwrap().len() > 2 * SEAL as u64);
        files.sort();
        for (file, at, byte) in changes {
            let file = file.get(&files);
            let mut bytes = fs::read(file).unwrap();
            bytes.truncate(bytes.len() - SEAL);
            *at.get_mut(&mut bytes) = byte;
            bytes.extend_from_slice(&seal(&bytes).0);
            fs::write(file, &bytes).unwrap();
        }
        if other {
            fs::write(folder.path().join("content/c.md"), "# Another one\n").unwrap();
        }
        run(&site);
    }
}
