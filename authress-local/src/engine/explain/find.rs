//! Finds what decided a check, or what nearly did. However much is given, the work has a limit.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::super::grants::Grant;
use super::super::index::{Index, Kind};
use super::super::resource::{display, segments};
use super::super::shape::{Asked, Segments};
use super::super::{Engine, Right, action};
use super::{Because, Denial, Explanation, NearMiss, Source};

/// How many grants are looked at, and how many near misses of a kind are found of which the nearest are shown; how many statements of each.
const GRANTS: usize = 10_000;
const STATEMENTS: usize = 100;
/// How many near misses are shown.
const SHOWN: usize = 10;
/// How many actions of a role are shown.
const ACTIONS: usize = 20;

/// Who has a grant: the user, or a group of the user.
#[derive(Debug, Clone, Copy)]
struct Via<'a> {
    holder: u32,
    group_id: Option<&'a str>,
}

/// A near miss with its place among those of its kind: the smallest first.
type Ranked = (Distance, Source, NearMiss);

/// How far a resource is from the one asked about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Distance {
    relation: Relation,
    in_common: Reverse<usize>,
    depth: usize,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Relation {
    /// Reaches it, or differs in capitals only.
    #[default]
    Same,
    /// In the same collection.
    Sibling,
    /// Below it.
    Below,
    /// With something in common at the beginning.
    Related,
    Other,
}

impl Engine {
    /// The same question as [`check`](Self::check) with [`Right::Allow`], answered with the reason.
    pub(crate) fn explain(&self, user: &str, resource: &str, action: &str) -> Explanation {
        let mut explanation = Explanation {
            user_id: user.to_owned(),
            resource_uri: resource.to_owned(),
            permission: action.to_owned(),
            because: None,
            denial: Denial::NoResource,
            near_misses: Vec::new(),
        };
        let mut room = Segments::new();
        let Some(asked) = self.asked(resource, &mut room) else {
            explanation.near_misses.push(NearMiss::NotAResource);
            return explanation;
        };
        let search = Search {
            engine: self,
            user: self.user(user),
            asked,
            action: action::Asked::new(action),
        };
        explanation.because = search.because();
        if explanation.because.is_none() {
            explanation.denial = if search.is_named() {
                Denial::NothingGiven
            } else {
                Denial::UnknownUser
            };
            explanation.near_misses = search.near_misses();
        }
        explanation
    }
}

struct Search<'a> {
    engine: &'a Engine,
    user: &'a str,
    asked: Asked<'a>,
    action: action::Asked<'a>,
}

impl<'a> Search<'a> {
    fn because(&self) -> Option<Because> {
        // With very much given the first of all is not looked for, but one is found whenever there is one.
        let by_record = || {
            let first = self.allowing(&self.engine.active).into_iter().min();
            first.or_else(|| self.any_allowing())
        };
        let of_record = by_record().map(|(source, action)| Because::AccessRecord { source, action });
        of_record.or_else(|| {
            let engine = self.engine;
            let star_is_all = engine.settings.collection_wildcard_covers_collection;
            let patterns = &engine.active.patterns;
            let mut all = Vec::new();
            patterns.reaching(&self.asked, |id, pattern| {
                all.extend(pattern.public.then(|| patterns.path(id)));
                None::<()>
            });
            let resource_uri = display(all.into_iter().min()?, star_is_all);
            Some(Because::Public { resource_uri })
        })
    }

    /// Something that allows it, found as a check finds it, without a limit.
    fn any_allowing(&self) -> Option<(Source, String)> {
        let (roles, active) = (&self.engine.roles, &self.engine.active);
        let vias = self.vias(active);
        active.patterns.reaching(&self.asked, |pattern, _| {
            let by_set = |via: Via<'a>, grant: Grant<'a>, set: u32| {
                let (role, permission) = roles.decisive(set, &self.action, Right::Allow).next()?;
                let source = self.source(active, via, grant, set, role)?;
                Some((source, permission.action.clone()))
            };
            vias.iter().find_map(|via| {
                active.given(via.holder, pattern, |grant| {
                    grant.roles().find_map(|set| by_set(*via, grant, set))
                })
            })
        })
    }

    /// What allows it, in the active records or in the deleted ones.
    fn allowing(&self, index: &'a Index) -> Vec<(Source, String)> {
        let mut all = Vec::new();
        for (via, grant) in self.reaching(index) {
            for set in grant.roles().take(STATEMENTS) {
                if all.len() >= GRANTS {
                    return all;
                }
                for (role, permission) in self.engine.roles.decisive(set, &self.action, Right::Allow) {
                    let source = self.source(index, via, grant, set, role);
                    all.extend(source.map(|source| (source, permission.action.clone())));
                }
            }
        }
        all
    }

    /// The grants of the user, and of the groups of the user, that reach the resource.
    fn reaching(&self, index: &'a Index) -> Vec<(Via<'a>, Grant<'a>)> {
        let vias = self.vias(index);
        let mut all = Vec::new();
        index.patterns.reaching(&self.asked, |pattern, _| {
            for via in &vias {
                all.extend(index.grants(via.holder, pattern).into_iter().map(|grant| (*via, grant)));
                if all.len() >= GRANTS {
                    return Some(());
                }
            }
            None
        });
        all
    }

    /// Whom `index` knows of the user and the groups of the user.
    fn vias(&self, index: &'a Index) -> Vec<Via<'a>> {
        let active = &self.engine.active;
        let user = index.find(Kind::User, self.user);
        let groups = active
            .find(Kind::User, self.user)
            .into_iter()
            .flat_map(|user| self.engine.groups(user));
        let of_group = |group: u32| {
            let name = active.get(group)?.name();
            Some(Via {
                holder: index.find(Kind::Group, name)?,
                group_id: Some(name),
            })
        };
        let direct = user.map(|holder| Via { holder, group_id: None });
        direct.into_iter().chain(groups.filter_map(of_group)).collect()
    }

    fn is_named(&self) -> bool {
        let active = &self.engine.active;
        let has_records = |via: Via<'_>| active.get(via.holder).is_some_and(|holder| !holder.records.is_empty());
        self.vias(active).into_iter().any(has_records)
    }

    /// Where a grant comes from: of several statements, the first of the first record.
    fn source(&self, index: &Index, via: Via<'_>, grant: Grant<'_>, set: u32, role: u32) -> Option<Source> {
        let statements = grant.statements(set).iter().take(STATEMENTS);
        let statements = statements.filter_map(|statement| index.statement(*statement));
        let first = statements.min_by_key(|statement| (index.record_id(statement.record), statement.number))?;
        Some(Source {
            group_id: via.group_id.map(ToOwned::to_owned),
            record_id: index.record_id(first.record).to_owned(),
            statement: first.number,
            resource_uri: index.written(first, grant.pattern()),
            role_id: self.engine.roles.name(role).to_owned(),
        })
    }

    fn near_misses(&self) -> Vec<NearMiss> {
        let mut kinds: [Vec<Ranked>; 7] = Default::default();
        let [
            unknown,
            to_give,
            other_action,
            deleted,
            not_in_group,
            elsewhere,
            nowhere,
        ] = &mut kinds;
        self.on_the_resource(unknown, to_give, other_action);
        let gone = self.allowing(&self.engine.retired);
        deleted.extend(gone.into_iter().map(|(source, action)| {
            let miss = NearMiss::DeletedRecord {
                source: source.clone(),
                action,
            };
            (Distance::default(), source, miss)
        }));
        self.of_groups(not_in_group);
        self.elsewhere(elsewhere, nowhere);
        for kind in &mut kinds {
            kind.sort_by(|(distance, source, _), (other, other_source, _)| {
                (distance, source).cmp(&(other, other_source))
            });
            kind.dedup_by(|(_, _, miss), (_, _, other)| miss == other);
        }
        // Each kind has its turn, so that many of one do not hide another; then they stand by kind.
        let turns = kinds.into_iter().enumerate().flat_map(|(kind, misses)| {
            let misses = misses.into_iter().take(SHOWN).enumerate();
            misses.map(move |(turn, (_, _, miss))| ((turn, kind), miss))
        });
        let turns: BTreeMap<(usize, usize), NearMiss> = turns.collect();
        let mut shown: Vec<((usize, usize), NearMiss)> = turns.into_iter().take(SHOWN).collect();
        shown.sort_by_key(|((turn, kind), _)| (*kind, *turn));
        shown.into_iter().map(|(_, miss)| miss).collect()
    }

    /// What the user has on the resource: roles that are not there, and roles for something else.
    fn on_the_resource(&self, unknown: &mut Vec<Ranked>, to_give: &mut Vec<Ranked>, other_action: &mut Vec<Ranked>) {
        let engine = self.engine;
        for (via, grant) in self.reaching(&engine.active) {
            for set in grant.roles().take(STATEMENTS) {
                if unknown.len() + to_give.len() + other_action.len() >= GRANTS {
                    return;
                }
                let giving = || engine.roles.decisive(set, &self.action, Right::Grant);
                for role in engine.roles.members(set) {
                    let Some(source) = self.source(&engine.active, via, grant, set, *role) else {
                        continue;
                    };
                    let here = |miss| (Distance::default(), source.clone(), miss);
                    let Some(permissions) = engine.roles.permissions_of(*role) else {
                        unknown.push(here(NearMiss::UnknownRole { source: source.clone() }));
                        continue;
                    };
                    if let Some((_, permission)) = giving().find(|(giving, _)| giving == role) {
                        let action = permission.action.clone();
                        to_give.push(here(NearMiss::OnlyToGive {
                            source: source.clone(),
                            action,
                        }));
                        continue;
                    }
                    let allowed = permissions.iter().filter(|permission| permission.allow).take(ACTIONS);
                    other_action.push(here(NearMiss::OtherAction {
                        source: source.clone(),
                        allowed_actions: allowed.map(|permission| permission.action.clone()).collect(),
                    }));
                }
            }
        }
    }

    /// Groups that have it without the user.
    fn of_groups(&self, misses: &mut Vec<Ranked>) {
        let (engine, active) = (self.engine, &self.engine.active);
        let own: Vec<u32> = self.vias(active).into_iter().map(|via| via.holder).collect();
        let mut looked_at = 0;
        active.patterns.reaching(&self.asked, |pattern, _| {
            for statement in active.patterns.statements(pattern).iter().take(GRANTS) {
                looked_at += 1;
                if misses.len() >= GRANTS {
                    break;
                }
                let Some(statement) = active.statement(*statement) else {
                    continue;
                };
                let decisive = engine.roles.decisive(statement.roles, &self.action, Right::Allow);
                let first = decisive.min_by_key(|(role, _)| engine.roles.name(*role));
                let Some((role, permission)) = first else {
                    continue;
                };
                let holders = statement.holders.iter().filter_map(|id| Some((*id, active.get(*id)?)));
                let groups = holders.filter(|(id, holder)| holder.kind == Kind::Group && !own.contains(id));
                for (_, group) in groups.take(STATEMENTS) {
                    let source = Source {
                        group_id: Some(group.name().to_owned()),
                        record_id: active.record_id(statement.record).to_owned(),
                        statement: statement.number,
                        resource_uri: active.written(statement, pattern),
                        role_id: engine.roles.name(role).to_owned(),
                    };
                    let miss = NearMiss::NotInGroup {
                        source: source.clone(),
                        action: permission.action.clone(),
                        group_exists: group.exists,
                    };
                    misses.push((Distance::default(), source, miss));
                }
            }
            (looked_at >= GRANTS || misses.len() >= GRANTS).then_some(())
        });
    }

    /// What the user has elsewhere.
    fn elsewhere(&self, elsewhere: &mut Vec<Ranked>, nowhere: &mut Vec<Ranked>) {
        let (engine, active) = (self.engine, &self.engine.active);
        let given = self.vias(active).into_iter().flat_map(|via| {
            let patterns: BTreeSet<u32> = active.patterns_of(via.holder).take(GRANTS).collect();
            patterns.into_iter().flat_map(move |pattern| {
                let grants = active.grants(via.holder, pattern);
                grants.into_iter().map(move |grant| (via, grant))
            })
        });
        for (via, grant) in given.take(GRANTS) {
            if active.patterns.covers(grant.pattern(), &self.asked) {
                continue;
            }
            let path = active.patterns.path(grant.pattern());
            for set in grant.roles().take(STATEMENTS) {
                if elsewhere.len() + nowhere.len() >= GRANTS {
                    return;
                }
                if !active.patterns.is_resource(grant.pattern()) {
                    let roles = engine.roles.members(set).iter().copied();
                    let role = roles.min_by_key(|role| engine.roles.name(*role));
                    let source = role.and_then(|role| self.source(active, via, grant, set, role));
                    nowhere.extend(source.map(|source| {
                        let miss = NearMiss::NotAResourceInRecord { source: source.clone() };
                        (Distance::default(), source, miss)
                    }));
                    continue;
                }
                for (role, permission) in engine.roles.decisive(set, &self.action, Right::Allow) {
                    let source = self.source(active, via, grant, set, role);
                    elsewhere.extend(source.map(|source| {
                        let miss = NearMiss::OtherResource {
                            source: source.clone(),
                            action: permission.action.clone(),
                        };
                        (Distance::between(self.asked.path(), path), source, miss)
                    }));
                }
            }
        }
    }
}

impl Distance {
    fn between(asked: &str, given: &str) -> Self {
        let in_common = segments(asked)
            .zip(segments(given))
            .take_while(|(one, other)| one == other)
            .count();
        let (asked_depth, depth) = (segments(asked).count(), segments(given).count());
        let relation = if asked.to_lowercase() == given.to_lowercase() {
            Relation::Same
        } else if depth == asked_depth && in_common + 1 == depth {
            Relation::Sibling
        } else if in_common == asked_depth {
            Relation::Below
        } else if in_common > 0 {
            Relation::Related
        } else {
            Relation::Other
        };
        Self {
            relation,
            in_common: Reverse(in_common),
            depth,
        }
    }
}
