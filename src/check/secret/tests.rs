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
    check("sshpass -p Xk9mPq2v ssh root@db", "password", "Xk9mPq2v");
    check("curl -sS \\\n  -u 'ci:Xk9mPq2v' -XPOST", "password", "Xk9mPq2v");
    check("curl --user=ci:Xk9mPq2v localhost", "password", "Xk9mPq2v");
    check("redis-cli -h c1 -a 'Xk9m Pq2v' get x", "password", "Xk9m Pq2v");
    check("mysql -h db1 -p\"Xk9mPq2v\" shop", "password", "Xk9mPq2v");
    check("docker login -u ci -p Xk9mPq2v.", "password", "Xk9mPq2v");
    check("mysql --password=Xk9mPq2v shop", "password", "Xk9mPq2v");
    check("admin 비밀번호를 Xk9mPq2024v로 바꿨다", "password", "Xk9mPq2024v");
    check("card number 4539148803436467.", "payment-card", "4539148803436467");
    check("3714-963539-88448", "payment-card", "3714-963539-88448");
    check(r"at 10\.20.3&#46;14\*", "private-address", r"10\.20.3&#46;14");
}

/// What looks like something that must not be published, and is none.
const NONE: &[&str] = &[
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
    "password is required1",
    "the password is SHA256-hashed",
    "the password was OAuth2!",
    "the password to MySQL8 expired",
    "the password is in vault2024",
    "the password is `required`",
    "the password was sent to ops@onjari.test",
    "비밀번호는 8자 이상입니다",
    "비밀번호는 SHA256 해시로 저장된다",
    "비밀번호를 2024-05-02에 바꿨다",
    "비밀번호가 만료되어",
    "--password-file pass2024.txt",
    "use --password and --user2024",
    "the reset-password page2024 was slow",
    "docker run -p 8080:80 onjari/web2",
    "docker login -u ci -p $DOCKER_PW1",
    "docker login -u ci --password-stdin",
    "curl -u \"$USER1:$PASS1\" localhost",
    "curl -u admin: localhost2024x",
    "curl -u admin:password localhost",
    "curl -p 8080 a1b2c3d4",
    "curl http://db1:8080/x1y2z3",
    "curl-user -u admin:Xk9mPq2v",
    "mysql -P 3306 -p shop2024",
    "mysql -p; redis -pXk9mPq2v",
    "mysql -pYOUR_PASSWORD1",
    "ssh -p 2222 host1a2b3",
    "redis-cli -p 6379 -n 2 keys a1b2c3",
    "mongo -p 27017 host1",
    "sshpass -f pass2024.txt ssh host1",
    "4242 4242 4242 4242",
    "4539-1488-0343-6468",
    "order 4539148803436467",
    "trace 4539-1488-0343-6467-1111",
    "4539 1488 0343 6467 4096 rows",
    "card-service took 4539148803436467ns",
    "discard 4539148803436467",
    "1714636800000000",
    "card 4539-****-****-6467",
    r"C:\Users\jane\onjari.dev",
    "a &copy; b &#9999; c &#; d & e \\",
];

#[test]
fn what_looks_like_one_is_none() {
    for text in NONE {
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
