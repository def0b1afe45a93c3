//! What the engine holds in the benchmark, and what it is asked.

use std::time::{Duration, Instant};

use authress_local::bench::BenchEngine;

/// How many different questions are asked; with a million records they are spread over all of them.
pub(super) const QUESTIONS: usize = 20_000;

/// Numbers that look random and are the same in each run.
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % limit
    }
}

#[derive(Clone)]
pub(super) struct Record {
    pub(super) id: String,
    pub(super) users: Vec<String>,
    pub(super) groups: Vec<String>,
    pub(super) role: &'static str,
    pub(super) resources: Vec<String>,
}

pub(super) struct Question<'a> {
    pub(super) user: &'a str,
    pub(super) resource: &'a str,
    pub(super) action: &'a str,
    /// All three, one after the other.
    pub(super) whole: &'a str,
}

/// Questions whose texts stand one after the other: a server has the one it is asked in its cache, so to fetch them is no part of a check.
#[derive(Default)]
pub(super) struct Questions {
    texts: String,
    /// Where the user, the resource and the action of each end.
    ends: Vec<[usize; 3]>,
}

impl Questions {
    fn push(&mut self, user: &str, resource: &str, action: &str) {
        let ends = [user, resource, action].map(|text| {
            self.texts += text;
            self.texts.len()
        });
        self.ends.push(ends);
    }

    pub(super) fn get(&self, number: usize) -> Question<'_> {
        let start = if number == 0 { 0 } else { self.ends[number - 1][2] };
        let [user, resource, action] = self.ends[number];
        Question {
            user: &self.texts[start..user],
            resource: &self.texts[user..resource],
            action: &self.texts[resource..action],
            whole: &self.texts[start..action],
        }
    }
}

pub(super) const ROLES: [(&str, &[&str]); 4] = [
    ("reader", &["documents:read", "comments:*"]),
    ("writer", &["documents:read", "documents:write", "comments"]),
    ("admin", &["documents", "users:read", "users:invite", "billing:*:read"]),
    ("auditor", &["*:read"]),
];
const ACTIONS: [&str; 4] = ["documents:read", "documents:write", "users:invite", "DOCUMENTS:DELETE"];

/// A world of `records` records: half as many users; groups of twenty; every record names two users or, one in four, a group, and
/// up to three resources, of which one in eight has a wildcard further in.
pub(super) struct World {
    records: usize,
    pub(super) groups: Vec<(String, Vec<String>)>,
}

impl World {
    pub(super) fn new(records: usize) -> Self {
        let mut numbers = Numbers(7);
        let users = records / 2;
        let groups = (0..records / 50)
            .map(|group| {
                let members = (0..20).map(|_| format!("user_{}", numbers.below(users)));
                (format!("group_{group}"), members.collect())
            })
            .collect();
        Self { records, groups }
    }

    pub(super) fn record(&self, number: usize) -> Record {
        let mut numbers = Numbers(u64::try_from(number).unwrap() * 2 + 1);
        for _ in 0..4 {
            numbers.below(2);
        }
        let by_group = numbers.below(4) == 0;
        let users = self.records / 2;
        let names = (0..2).map(|_| format!("user_{}", numbers.below(users))).collect();
        let group = format!("group_{}", numbers.below(self.groups.len()));
        let org = numbers.below(self.records / 100);
        let resources = (0..=numbers.below(3)).map(|_| match numbers.below(16) {
            0 => format!("orgs/{org}/folders/*"),
            1 => format!("orgs/*/documents/{}", numbers.below(self.records)),
            2 => format!("orgs/{org}/tags:*/documents"),
            _ => format!("orgs/{org}/documents/{}", numbers.below(self.records)),
        });
        let resources = resources.collect();
        Record {
            id: format!("rec_{number}"),
            users: if by_group { vec![] } else { names },
            groups: if by_group { vec![group] } else { vec![] },
            role: ROLES[numbers.below(ROLES.len())].0,
            resources,
        }
    }

    pub(super) fn records(&self) -> impl Iterator<Item = Record> {
        (0..self.records).map(|number| self.record(number))
    }

    /// Questions close to what is held, so that about half are answered with yes.
    pub(super) fn questions(&self) -> Questions {
        let mut numbers = Numbers(3);
        let mut questions = Questions::default();
        for _ in 0..QUESTIONS {
            let record = self.record(numbers.below(self.records));
            let member = |group: &String| {
                let number: usize = group.trim_start_matches("group_").parse().unwrap();
                self.groups[number].1[numbers.below(20)].clone()
            };
            let user = record.groups.first().map(member);
            let user = user.unwrap_or_else(|| record.users[numbers.below(2)].clone());
            let resource = &record.resources[numbers.below(record.resources.len())];
            let name = numbers.below(1_000).to_string();
            let mut resource = resource
                .replace("folders/*", &format!("folders/{name}"))
                .replace('*', &name);
            if numbers.below(2) == 0 {
                resource += "/pages/7";
            }
            questions.push(&user, &resource, ACTIONS[numbers.below(ACTIONS.len())]);
        }
        questions
    }

    pub(super) fn engine(&self) -> (BenchEngine, Duration) {
        let mut engine = BenchEngine::default();
        for (role, actions) in ROLES {
            engine.put_role(role, actions);
        }
        for (group, users) in &self.groups {
            engine.put_group(group, users.clone());
        }
        // The records are made in parts, which is not counted, so that the memory of all of them is not there at once.
        let mut took = Duration::ZERO;
        let mut records = self.records();
        loop {
            let part: Vec<Record> = records.by_ref().take(10_000).collect();
            if part.is_empty() {
                return (engine, took);
            }
            let start = Instant::now();
            for record in part {
                put(&mut engine, record);
            }
            took += start.elapsed();
        }
    }
}

pub(super) fn put(engine: &mut BenchEngine, record: Record) {
    let role = vec![record.role.to_owned()];
    engine.put_record(&record.id, record.users, record.groups, role, record.resources);
}
