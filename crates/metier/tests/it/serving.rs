//! The page: its address on standard output, and a clean end.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::binary::Home;

/// A program that serves, and the line it prints; it ends with the test.
struct Served(Child, String);

impl Served {
    fn by(home: &Home, arguments: &[&str]) -> Self {
        let mut child = home
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        Self(child, line.trim().to_owned())
    }

    fn ends_when_told(mut self) {
        let told = std::process::Command::new("kill")
            .args(["-TERM", &self.0.id().to_string()])
            .status()
            .unwrap();
        assert!(told.success());
        assert!(
            self.0.wait().unwrap().success(),
            "it ends as one that was asked to"
        );
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It has ended already, unless the test failed.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What a host answers: a page asked for, or a form sent from a page of its own.
fn ask(host: &str, path: &str, cookie: &str, form: Option<&str>) -> String {
    let mut stream = TcpStream::connect(host).unwrap();
    let (method, body) = form.map_or(("GET", ""), |form| ("POST", form));
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookie}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// The cookie that an answer sets.
fn cookie_in(answer: &str) -> String {
    let from = answer.find("set-cookie: ").unwrap() + "set-cookie: ".len();
    answer[from..].split(';').next().unwrap().to_owned()
}

#[test]
fn serve_prints_its_address_answers_and_ends_when_told() {
    let home = Home::empty();
    for arguments in [["serve", "--port", "0"].as_slice(), &["--no-open", "--port", "0"]] {
        let served = Served::by(&home, arguments);
        let line = &served.1;
        let address = line.strip_prefix("http://").unwrap_or_else(|| panic!("{line}"));
        let (host, path) = address.split_once('/').unwrap();
        assert!(host.starts_with("127.0.0.1:"), "{line}");
        assert!(path.starts_with("?token="), "{line}");
        let answer = ask(host, &format!("/{path}"), "", None);
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
        served.ends_when_told();
    }
}

#[test]
fn only_when_it_is_asked_for_a_phone_may_add_and_see_nothing() {
    let home = Home::of_ada();
    let alone = Served::by(&home, &["serve", "--port", "0", "--json"]);
    let said: Value = serde_json::from_str(&alone.1).unwrap();
    assert_eq!(said.get("phone"), None, "nothing but this machine is listened to");
    let (host, _) = said["address"].as_str().unwrap()[7..].split_once('/').unwrap();
    assert!(ask(host, "/", "", None).starts_with("HTTP/1.1 401"));
    alone.ends_when_told();

    let arguments = [
        "serve",
        "--port",
        "0",
        "--phone",
        "127.0.0.1",
        "--phone-port",
        "0",
        "--json",
    ];
    let served = Served::by(&home, &arguments);
    let said: Value = serde_json::from_str(&served.1).unwrap();
    let phone = said["phone"].as_str().unwrap();
    let (host, path) = said["address"].as_str().unwrap()[7..].split_once('/').unwrap();
    let owner = cookie_in(&ask(host, &format!("/{path}"), "", None));
    assert!(ask(phone, "/", "", None).starts_with("HTTP/1.1 401"));
    assert!(ask(phone, "/did", &owner, None).starts_with("HTTP/1.1 404"));

    let page = ask(host, "/settings/phone", &owner, Some(""));
    let from = page.find("/pair?code=").unwrap() + "/pair?code=".len();
    let code = &page[from..from + 32];
    let paired = ask(phone, "/pair", "", Some(&format!("code={code}&name=Ada+on+foot")));
    assert!(paired.starts_with("HTTP/1.1 303"), "{paired}");
    let key = cookie_in(&paired);
    let added = ask(phone, "/", &key, Some("what=note&note=Coached+Bo"));
    assert!(added.contains("/?done=kept"), "{added}");
    assert!(ask(phone, "/did/drafts", &key, None).starts_with("HTTP/1.1 404"));
    assert!(ask(host, "/did/drafts", &key, None).starts_with("HTTP/1.1 401"));
    let drafts = home.ok(&["drafts"]);
    assert!(drafts.contains("Coached Bo"), "{drafts}");

    assert!(
        home.ok(&["phones"])
            .starts_with("One phone adds and sees nothing:\n  - Ada on foot, until ")
    );
    assert!(
        home.ok(&["phones", "--unpair", "ada on foot"])
            .starts_with("Unpaired")
    );
    assert!(
        home.fails(&["phones", "--unpair", "ada on foot"])
            .contains("no phone called")
    );
    assert!(home.ok(&["phones"]).starts_with("No phone is paired."));
    assert!(ask(phone, "/", &key, Some("what=note&note=Coached+Al")).starts_with("HTTP/1.1 401"));
    served.ends_when_told();
}

#[test]
fn an_address_that_is_not_this_machines_is_refused() {
    let home = Home::empty();
    for address in ["0.0.0.0", "192.0.2.1"] {
        let said = home.fails(&["serve", "--port", "0", "--phone", address]);
        assert!(
            said.contains(address) && said.contains("--phone ADDRESS"),
            "{said}"
        );
    }
    assert_eq!(home.run(&["serve", "--phone-port", "1"]).status, 2);
    assert_eq!(home.run(&["serve", "--phone", "here"]).status, 2);
}

#[test]
fn a_port_that_is_taken_is_named() {
    let home = Home::empty();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let said = home.fails(&["serve", "--port", &port]);
    assert!(said.contains(&port) && said.contains("--port"), "{said}");
}
