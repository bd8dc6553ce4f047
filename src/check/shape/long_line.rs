//! A line that is too long to be prose, and that no facts are read from.

use crate::check::Subject;
use crate::diag::{Diagnostic, code};
use crate::extract::line::LONGEST_LINE;
use crate::parse::document::BlockKind;

/// Looks for it.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let scope = subject.scope;
    for block in scope.document.blocks.iter().filter(|block| block.kind != BlockKind::Code) {
        let mut start = block.text.start;
        for line in scope.text(block.text.clone()).split('\n') {
            if line.len() > LONGEST_LINE {
                let finding = Diagnostic::new(&code::LONG_LINE, scope.span(start..start));
                findings.push(finding.arg("bytes", line.len()).arg("most", LONGEST_LINE));
            }
            start += line.len() as u32 + 1;
        }
    }
}
