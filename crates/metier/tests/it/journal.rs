//! The journal goes out, comes back, is united and is looked after.

use sqlx::{Connection as _, Row as _, SqliteConnection};

use crate::binary::Home;

/// A home with something in it.
fn lived_in() -> Home {
    let home = Home::of_ada();
    home.ok(&[
        "attempt",
        "publish-an-article",
        "--clean",
        "4",
        "--of",
        "5",
        "--on",
        "yesterday",
    ]);
    let proof = home.file("proof.txt", "what shows it");
    home.ok(&[
        "log",
        "Coached Bo",
        "--learner",
        "Bo:unaided",
        "--for",
        "publish-an-article/teaches",
        "--file",
        &proof,
    ]);
    home.ok(&[
        "rate",
        "publish-an-article",
        "delivers",
        "--role",
        "peer",
        "--by",
        "Mira",
    ]);
    home
}

fn head(home: &Home) -> String {
    home.json(&["verify"])["head"].as_str().unwrap().to_owned()
}

fn path(home: &Home, name: &str) -> String {
    home.beside(name).display().to_string()
}

#[test]
fn export_and_import_give_the_same_head_and_the_same_standing_to_the_byte() {
    let home = lived_in();
    let file = path(&home, "ada.metier");
    home.ok(&["export", &file]);
    let other = Home::empty();
    other.ok(&["import", &file]);
    assert_eq!(head(&home), head(&other));
    let today = home.json(&["log", "--list", "--limit", "1"])[0]["on"]
        .as_str()
        .unwrap()
        .to_owned();
    let asked = ["standing", "--json", "--as-of", &today, "--known-at", &today];
    let ours = home.ok(&asked);
    assert!(ours.contains("\"proven\""), "{ours}");
    assert_eq!(ours, other.ok(&asked));

    // Both go on by themselves; each then has what the other did.
    other.ok(&["log", "On the other device"]);
    assert!(other.ok(&["log", "--list"]).contains("On the other device"));
    assert!(home.fails(&["export", &file]).contains("exists already"));
}

#[test]
fn two_diverged_copies_unite_to_the_same_head_in_either_order() {
    let one = lived_in();
    let start = path(&one, "start.metier");
    one.ok(&["export", &start]);
    let two = Home::empty();
    two.ok(&["import", &start]);
    one.ok(&["log", "Only here"]);
    two.ok(&["log", "Only there"]);
    let (from_one, from_two) = (path(&one, "one.metier"), path(&two, "two.metier"));
    one.ok(&["export", &from_one]);
    two.ok(&["export", &from_two]);
    one.ok(&["import", &from_two]);
    two.ok(&["import", &from_one]);
    assert_eq!(head(&one), head(&two));
    let list = one.ok(&["log", "--list"]);
    assert!(
        list.contains("Only here") && list.contains("Only there"),
        "{list}"
    );
    let again = one.json(&["import", &from_two]);
    assert_eq!(again["added"], 0, "uniting twice adds nothing");
}

#[test]
fn another_persons_journal_is_refused_and_nothing_changes() {
    let (ada, other) = (lived_in(), lived_in());
    let file = path(&other, "other.metier");
    other.ok(&["export", &file]);
    let before = head(&ada);
    assert!(ada.fails(&["import", &file]).contains("Nothing was changed"));
    assert_eq!(head(&ada), before);
}

#[test]
fn a_changed_byte_is_found_and_its_entry_named() {
    let home = lived_in();
    assert!(home.ok(&["verify"]).contains("all is well"));
    let entry = change_one_byte(&home);
    let said = home.run(&["verify"]);
    assert_eq!(said.status, 1, "{}{}", said.out, said.err);
    assert!(said.out.contains(&entry), "{entry}: {}", said.out);
    let json = home.run(&["verify", "--json"]);
    assert_eq!(json.status, 1);
    assert!(json.out.contains(&entry));
}

/// Changes one byte of one payload behind the program's back; returns the entry's id.
fn change_one_byte(home: &Home) -> String {
    let file = home.path().join("metier.db");
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(async {
            let mut db = SqliteConnection::connect(&format!("sqlite://{}", file.display()))
                .await
                .unwrap();
            let row = sqlx::query("SELECT id, payload FROM entries WHERE payload LIKE '%Coached Bo%'")
                .fetch_one(&mut db)
                .await
                .unwrap();
            let id: uuid::Uuid = row.get("id");
            let payload: String = row.get("payload");
            let changed = payload.replacen("Coached Bo", "Coached Co", 1);
            sqlx::query("UPDATE entries SET payload = $1 WHERE id = $2")
                .bind(changed)
                .bind(id)
                .execute(&mut db)
                .await
                .unwrap();
            db.close().await.unwrap();
            id.to_string()
        })
}

#[test]
fn a_backup_is_a_home() {
    let home = lived_in();
    let file = path(&home, "backup.db");
    home.ok(&["backup", &file]);
    let restored = Home::empty();
    std::fs::create_dir_all(restored.path()).unwrap();
    std::fs::copy(&file, restored.path().join("metier.db")).unwrap();
    assert_eq!(head(&home), head(&restored));
    restored.ok(&["log", "It goes on"]);
}
