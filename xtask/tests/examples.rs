//! Each method that is written by hand has an example, which the documentation tests run.
//!
//! An example is a code block of the method's own documentation, or one that calls it and stands in the same file or names its type: the setters of a
//! builder are shown together, as they are used.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::Visit;
use syn::{
    Attribute, Expr, ExprLit, ImplItem, ImplItemFn, Item, ItemImpl, ItemTrait, Lit, Meta, TraitItem, Type, Visibility,
};

/// The code that users call and that nobody generates.
const SOURCES: [&str; 3] = ["../authress/src", "../authress-api/src", "../authress-aws-kms/src"];

/// A method of the public API.
#[derive(Debug)]
struct Method {
    of: String,
    name: String,
    has_own_example: bool,
    file: PathBuf,
}

/// A code block of the documentation.
struct Example {
    file: PathBuf,
    code: String,
}

#[derive(Default)]
struct Found {
    file: PathBuf,
    public: BTreeSet<String>,
    methods: Vec<Method>,
    examples: Vec<Example>,
}

fn sources(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("generated") {
            sources(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn docs(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text), ..
            }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The code blocks of a text.
fn blocks(text: &str) -> Vec<String> {
    text.split("```").skip(1).step_by(2).map(str::to_owned).collect()
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && matches!(&attribute.meta, Meta::List(list) if list.tokens.to_string().trim() == "test")
    })
}

impl Found {
    fn method(&mut self, of: &str, name: String, attributes: &[Attribute]) {
        let has_own_example = docs(attributes).contains("```");
        let (of, file) = (of.to_owned(), self.file.clone());
        self.methods.push(Method {
            of,
            name,
            has_own_example,
            file,
        });
    }

    fn calls(&self, method: &Method) -> bool {
        let calls = [".", "::"].map(|before| {
            [
                format!("{before}{}(", method.name),
                format!("{before}{}::<", method.name),
            ]
        });
        self.examples.iter().any(|example| {
            let is_about = example.file == method.file || example.code.contains(&method.of);
            is_about && calls.iter().flatten().any(|call| example.code.contains(call))
        })
    }
}

impl<'a> Visit<'a> for Found {
    fn visit_item(&mut self, item: &'a Item) {
        let attributes: &[Attribute] = match item {
            Item::Struct(item) => &item.attrs,
            Item::Enum(item) => &item.attrs,
            Item::Trait(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            Item::Fn(item) => &item.attrs,
            Item::Mod(item) if is_test(&item.attrs) => return,
            Item::Mod(item) => &item.attrs,
            _ => &[],
        };
        let file = self.file.clone();
        self.examples
            .extend(blocks(&docs(attributes)).into_iter().map(|code| Example {
                file: file.clone(),
                code,
            }));
        match item {
            Item::Struct(item) if matches!(item.vis, Visibility::Public(_)) => {
                drop(self.public.insert(item.ident.to_string()))
            }
            Item::Enum(item) if matches!(item.vis, Visibility::Public(_)) => {
                drop(self.public.insert(item.ident.to_string()))
            }
            _ => {}
        }
        syn::visit::visit_item(self, item);
    }

    fn visit_item_impl(&mut self, item: &'a ItemImpl) {
        let Type::Path(of) = &*item.self_ty else { return };
        let of = of.path.segments.last().unwrap().ident.to_string();
        let methods = item.items.iter().filter_map(|item| match item {
            ImplItem::Fn(method) => Some(method),
            _ => None,
        });
        for method in methods {
            let ImplItemFn { attrs, vis, sig, .. } = method;
            let file = self.file.clone();
            self.examples
                .extend(blocks(&docs(attrs)).into_iter().map(|code| Example {
                    file: file.clone(),
                    code,
                }));
            if item.trait_.is_none() && matches!(vis, Visibility::Public(_)) {
                self.method(&of, sig.ident.to_string(), attrs);
            }
        }
    }

    fn visit_item_trait(&mut self, item: &'a ItemTrait) {
        if !matches!(item.vis, Visibility::Public(_)) {
            return;
        }
        let of = item.ident.to_string();
        self.public.insert(of.clone());
        let own = docs(&item.attrs);
        for method in &item.items {
            if let TraitItem::Fn(method) = method {
                // A trait is shown as it is implemented.
                let shown = ["(", "<"]
                    .iter()
                    .any(|next| own.contains(&format!("fn {}{next}", method.sig.ident)));
                self.method(&of, method.sig.ident.to_string(), &method.attrs);
                if let Some(method) = self.methods.last_mut().filter(|_| shown) {
                    method.has_own_example = true;
                }
            }
        }
    }
}

#[test]
fn every_method_written_by_hand_has_an_example() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    SOURCES
        .iter()
        .for_each(|directory| sources(&root.join(directory), &mut files));
    let mut found = Found::default();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let parsed = syn::parse_file(&text).unwrap();
        let of_module = blocks(&docs(&parsed.attrs));
        found.examples.extend(of_module.into_iter().map(|code| Example {
            file: file.clone(),
            code,
        }));
        found.file = file;
        found.visit_file(&parsed);
    }
    let public: Vec<&Method> = found
        .methods
        .iter()
        .filter(|method| found.public.contains(&method.of))
        .collect();
    assert!(public.len() > 150, "{}", public.len());
    let without = public
        .iter()
        .filter(|method| !method.has_own_example && !found.calls(method));
    let without: Vec<String> = without
        .map(|method| format!("{}::{} in {}", method.of, method.name, method.file.display()))
        .collect();
    assert!(
        without.is_empty(),
        "{} without an example:\n{}",
        without.len(),
        without.join("\n")
    );
}

/// The methods of the groups stand in a macro, each with its documentation before it.
#[test]
fn every_operation_in_a_group_has_an_example_of_its_own() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("../authress/src/api"), &mut files);
    let mut methods = 0;
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let Some((_, group)) = text.split_once("\ngroup! {") else {
            continue;
        };
        let mut documented = String::new();
        for line in group.lines().skip_while(|line| !line.ends_with(';')).skip(1) {
            documented.push_str(line.trim_start());
            documented.push('\n');
            if line.ends_with(';') && !line.contains("///") {
                let code = documented.matches("/// ```").count();
                assert!(
                    code >= 2 && !documented.contains("ignore"),
                    "{}: {line}",
                    file.display()
                );
                documented.clear();
                methods += 1;
            }
        }
    }
    assert_eq!(methods, 75);
}
