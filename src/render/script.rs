//! Scripts that a theme keeps in parts and that are published as one file.

use crate::render::theme::Theme;

/// The parts in one file, without the comments and the indentation that people read them by.
pub(super) fn joined(theme: &Theme, folder: &str, parts: &[&str]) -> Vec<u8> {
    let mut script = String::new();
    for part in parts {
        let path = format!("{folder}{part}.js");
        let Some(file) = theme.statics.iter().find(|file| file.path.as_str() == path) else {
            continue;
        };
        let mut in_comment = false;
        for line in String::from_utf8_lossy(&file.bytes).lines().map(str::trim) {
            in_comment |= line.starts_with("/**");
            if !in_comment && !line.is_empty() && !line.starts_with("//") {
                script.push_str(line);
                script.push('\n');
            }
            in_comment &= !line.ends_with("*/");
        }
    }
    script.into_bytes()
}
