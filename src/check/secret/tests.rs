use std::sync::OnceLock;

use super::*;
use crate::base::path::RelPath;
use crate::vocab::Vocabulary;

/// The names of what is found in a text, and the words.
fn found(text: &str) -> Vec<(&'static str, String)> {
    static SHAPES: OnceLock<Secrets> = OnceLock::new();
    let shapes = SHAPES.get_or_init(|| Vocabulary::load(&[]).value.secrets);
    let secrets = find(text, shapes).into_iter();
    secrets.map(|secret| (secret.code.name, text.get(secret.range).unwrap().to_owned())).collect()
}

#[test]
fn a_place_is_exact() {
    let check = |text: &str, name: &str, words: &str| {
        assert_eq!(found(text), [(name, words.to_owned())], "{text}");
    };
    check("call 010-2345-6789 10:00", "phone", "010-2345-6789");
    check("on 2024-05-02 10.20.3.14 was down", "private-address", "10.20.3.14");
    check("from 10.0.0.0/8, then", "private-address", "10.0.0.0");
    check("postgres://o:Xk9mPq2v@db-1/x", "password", "Xk9mPq2v");
    check("mail jane.doe@onjari.dev.", "email", "jane.doe@onjari.dev");
    check("비밀번호: qwer1234!", "password", "qwer1234!");
    check("`orders-db-1.prod.internal`", "internal-host", "orders-db-1.prod.internal");
    check(r"a\*b o\_lee@onjari\.dev\!", "email", r"o\_lee@onjari\.dev");
    check("데드 &amp; jane&#64;onjari&#x2E;dev&lt;", "email", "jane&#64;onjari&#x2E;dev");
    check(r"at 10\.20.3&#46;14\*", "private-address", r"10\.20.3&#46;14");
}

#[test]
fn what_looks_like_one_is_none() {
    for text in [
        "password: reset by mail",
        "the password was changed",
        "password = os.environ[\"PW\"]",
        "DB_PASSWORD=${DB_PASSWORD}",
        "password: ********",
        "postgres://user:password@host/db",
        "token: orders-refresh-token-v2",
        "secretName: tls-prod-2024",
        "api_key=YOUR_API_KEY_GOES_HERE1",
        "AKIAIOSFODNN7EXAMPLE",
        "git@github.com:onjari/orders.git",
        "icon@2x.png",
        "name@example.com",
        "version 5.7.32.1",
        "127.0.0.1 and 255.255.255.0",
        "2024-05-02 10:00",
        "10:20:30",
        "1588-1234",
        "4111-1111-1111",
        "crate::check::secret",
        "com.sun.internal.Foo",
        "values.local.yaml",
        "passwordless login: enabled1",
        "request_id=8f14e45fceea167a5a36dedd4bea2543",
        "100.00.10.1",
        "this.private",
        "/etc/app.local",
        "sk-learn",
        "basic authentication",
        "010101-9999999",
        r"C:\Users\jane\onjari.dev",
        "a &copy; b &#9999; c &#; d & e \\",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn a_mask_tells_nothing() {
    let shapes = Vocabulary::load(&[]).value.secrets;
    let text = "mail jane.doe@onjari.dev, password=Xk9mPq2v, 10.20.3.14 데드락";
    let source = Source { id: FileId(0), path: RelPath::known("a.md"), text: Arc::from(text) };
    let screened = screen(source, &shapes, &["PM605", "PM612"]);
    assert_eq!(&*screened.value.text, "mail █████, password=█████, 10.20.3.14 데드락");
    let places: Vec<&str> =
        screened.findings.iter().map(|finding| screened.value.slice(finding.span)).collect();
    assert_eq!(places, ["█████", "█████", "10.20.3.14"]);
}
