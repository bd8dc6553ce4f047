//! Any text has units of search that say no more than it: words of bounded length, runs whose words are in them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pmsite::index::search::token::{Token, tokens};
use pmsite_fuzz::vocabulary;

fuzz_target!(|text: &str| {
    let mut syllables = 0;
    for token in tokens(text, &vocabulary().search.particles) {
        match token {
            Token::Word(word) => {
                assert!(!word.text.is_empty() && !word.stem.is_empty(), "{word:?}");
                assert!(word.text.chars().count() <= 3 * 64, "{word:?}");
            }
            Token::Run(run) => {
                assert!(
                    !run.syllables.is_empty()
                        && run.syllables.chars().all(|letter| ('가'..='힣').contains(&letter))
                );
                assert!(
                    run.words
                        .iter()
                        .all(|word| !word.is_empty() && run.syllables.contains(word.as_str())),
                    "{run:?}"
                );
                syllables += run.syllables.chars().count();
            }
            Token::Initials(letters) => assert!(!letters.is_empty()),
        }
    }
    assert!(syllables <= text.chars().count());
});
