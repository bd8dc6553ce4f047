use super::*;

fn check(bytes: &[u8], text: &str, codes: &[&str]) {
    let result = decode(FileId(0), RelPath::known("a.md"), bytes.to_vec());
    let found: Vec<&str> = result.findings.iter().map(|finding| finding.code.name).collect();
    assert_eq!((&*result.value.text, &found[..]), (text, codes));
}

#[test]
fn utf8_is_taken_as_it_is() {
    check(b"", "", &[]);
    check("데드락 🎉".as_bytes(), "데드락 🎉", &[]);
    check(b"\xef\xbb\xbfa\r\nb\rc\n", "a\nb\nc\n", &[]);
}

#[test]
fn legacy_encodings_are_recognised() {
    let (korean, _, _) =
        encoding_rs::EUC_KR.encode("주문 서비스에서 데드락이 발생했습니다. 똠방각하");
    check(&korean, "주문 서비스에서 데드락이 발생했습니다. 똠방각하", &["legacy-encoding"]);
    check(b"It\x92s \x93down\x94 \x96 caf\xe9", "It’s “down” – café", &["legacy-encoding"]);
    let utf16: Vec<u8> =
        "\u{feff}At 10:00 데드락".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(&utf16, "At 10:00 데드락", &["legacy-encoding"]);
    let bare: Vec<u8> = "Database outage".encode_utf16().flat_map(u16::to_be_bytes).collect();
    check(&bare, "Database outage", &["legacy-encoding"]);
}

#[test]
fn nothing_is_lost_without_a_word() {
    check(b"caf\xc3\xa9 d\xc3\xa9j\xc3\xa0 \xff \xc3\xa9", "café déjà \u{fffd} é", &["lost-bytes"]);
    check(b"a\x00b a line long enough to be a text, for all that, and then some more of it, and still \
        more of it so that one byte does not make it a picture, which takes two hundred bytes or so.",
        "a\u{fffd}b a line long enough to be a text, for all that, and then some more of it, and still \
        more of it so that one byte does not make it a picture, which takes two hundred bytes or so.",
        &["control-characters"]);
    check("a\u{202e}b".as_bytes(), "a\u{fffd}b", &["control-characters"]);
    check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0", "", &["binary-file"]);
}

#[test]
fn double_encoding_is_undone() {
    // "🎉", "’" and "é", each as Windows-1252 shows its bytes.
    check("done ðŸŽ‰ itâ€™s cafÃ©".as_bytes(), "done 🎉 it’s café", &["double-encoded"]);
    check("São Paulo, naïve, 10 °C, «é»".as_bytes(), "São Paulo, naïve, 10 °C, «é»", &[]);
}

#[test]
fn letters_are_composed() {
    let decomposed: String = "데드락".nfd().collect();
    check(decomposed.as_bytes(), "데드락", &["decomposed"]);
}

#[test]
fn composed_letters_are_what_the_tables_say() {
    use unicode_normalization::char::canonical_combining_class;
    for letter in ('\0'..=char::MAX).filter(|&letter| is_composed(letter)) {
        let is_whole = is_nfc_quick(std::iter::once(letter)) == IsNormalized::Yes;
        assert!(is_whole && canonical_combining_class(letter) == 0, "{letter:?}");
    }
}
