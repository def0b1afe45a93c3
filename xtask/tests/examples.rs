//! That what users of `authress` can call is shown in an example.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Ident, ImplItem, Item, Lit, Meta, Token, Type, Visibility};

/// What has no example yet. A method that has one must not stand here, so that the list only grows shorter.
const WITHOUT: [&str; 13] = [
    "AuthressClient::api (client.rs)",
    "AuthressClient::token_verifier (client.rs)",
    "AuthressClient::user_login_url (client.rs)",
    "AuthressClientBuilder::cache_verified_tokens (config.rs)",
    "AuthressClientBuilder::clock (config.rs)",
    "AuthressClientBuilder::jitter (config.rs)",
    "AuthressClientBuilder::metrics (config.rs)",
    "AuthressClientBuilder::no_proxy (config.rs)",
    "AuthressClientBuilder::service_client (config.rs)",
    "AuthressClientBuilder::signer (config.rs)",
    "AuthressClientBuilder::token_provider (config.rs)",
    "AuthressClientBuilder::token_verifier (config.rs)",
    "AuthressClientBuilder::transport (config.rs)",
];

/// A method that users can call, with the code of its own examples.
struct Method {
    of: String,
    name: String,
    file: PathBuf,
    examples: String,
}

/// What the files say together.
#[derive(Default)]
struct Source {
    /// Types that users can name: `unreachable_pub` makes sure that what is `pub` can be.
    public: BTreeSet<String>,
    methods: Vec<Method>,
    /// The code of the examples on types and in files, by their names.
    of_types: BTreeMap<String, String>,
    of_files: BTreeMap<PathBuf, String>,
}

/// The lines of Rust that readers see in the examples of a documentation.
fn examples(attributes: &[Attribute]) -> String {
    let mut code = String::new();
    let mut fence: Option<bool> = None;
    for line in attributes.iter().flat_map(doc_lines) {
        let line = line.trim();
        if let Some(info) = line.strip_prefix("```") {
            fence = match fence {
                Some(_) => None,
                // What must not compile and what is not run at all shows nobody how something is done.
                None => Some(
                    info.split(',')
                        .all(|word| matches!(word.trim(), "" | "rust" | "no_run" | "should_panic")),
                ),
            };
        } else if fence == Some(true) && line != "#" && !line.starts_with("# ") {
            code.push_str(line);
            code.push('\n');
        }
    }
    code
}

fn doc_lines(attribute: &Attribute) -> Vec<String> {
    match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => text.value().lines().map(str::to_owned).collect(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<Ident>()
                .is_ok_and(|condition| condition == "test")
    })
}

/// A use of the macro `group!`: see `authress/src/api/group.rs`.
struct Group {
    attributes: Vec<Attribute>,
    name: Ident,
    methods: Vec<(Vec<Attribute>, Ident)>,
}

impl Parse for Group {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let name = input.parse()?;
        input.parse::<Token![;]>()?;
        let mut methods = Vec::new();
        while !input.is_empty() {
            let attributes = input.call(Attribute::parse_outer)?;
            let method = input.parse()?;
            let arguments;
            syn::parenthesized!(arguments in input);
            Punctuated::<Argument, Token![,]>::parse_terminated(&arguments)?;
            input.parse::<Token![->]>()?;
            input.parse::<Ident>()?;
            input.parse::<Token![;]>()?;
            methods.push((attributes, method));
        }
        Ok(Self {
            attributes,
            name,
            methods,
        })
    }
}

/// `argument` or `argument: Type`.
struct Argument;

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.parse::<Ident>()?;
        if input.parse::<Option<Token![:]>>()?.is_some() {
            input.parse::<Type>()?;
        }
        Ok(Self)
    }
}

impl Source {
    fn read(&mut self, file: &Path, items: Vec<Item>) {
        for item in items {
            match item {
                Item::Mod(module) if !is_for_tests(&module.attrs) => {
                    self.read(file, module.content.map(|(_, items)| items).unwrap_or_default());
                }
                Item::Struct(of) => self.add_type(file, &of.vis, &of.ident, &of.attrs),
                Item::Enum(of) => self.add_type(file, &of.vis, &of.ident, &of.attrs),
                Item::Impl(block) if block.trait_.is_none() && !is_for_tests(&block.attrs) => {
                    let Type::Path(of) = &*block.self_ty else { continue };
                    let of = of.path.segments.last().unwrap().ident.to_string();
                    self.add_examples(file, &of, &block.attrs);
                    for item in block.items {
                        if let ImplItem::Fn(method) = item
                            && matches!(method.vis, Visibility::Public(_))
                            && !is_for_tests(&method.attrs)
                        {
                            self.add_method(file, &of, &method.sig.ident, &method.attrs);
                        }
                    }
                }
                Item::Macro(call) if call.mac.path.is_ident("group") => {
                    let group: Group = call.mac.parse_body().unwrap();
                    let of = group.name.to_string();
                    self.add_type(
                        file,
                        &Visibility::Public(Token![pub](group.name.span())),
                        &group.name,
                        &group.attributes,
                    );
                    for (attributes, name) in group.methods {
                        self.add_method(file, &of, &name, &attributes);
                    }
                }
                _ => {}
            }
        }
    }

    fn add_type(&mut self, file: &Path, visibility: &Visibility, name: &Ident, attributes: &[Attribute]) {
        if matches!(visibility, Visibility::Public(_)) {
            self.public.insert(name.to_string());
        }
        self.add_examples(file, &name.to_string(), attributes);
    }

    fn add_method(&mut self, file: &Path, of: &str, name: &Ident, attributes: &[Attribute]) {
        self.add_examples(file, of, attributes);
        self.methods.push(Method {
            of: of.to_owned(),
            name: name.to_string(),
            file: file.to_owned(),
            examples: examples(attributes),
        });
    }

    fn add_examples(&mut self, file: &Path, of: &str, attributes: &[Attribute]) {
        let code = examples(attributes);
        self.of_types.entry(of.to_owned()).or_default().push_str(&code);
        self.of_files.entry(file.to_owned()).or_default().push_str(&code);
    }

    fn is_shown(&self, method: &Method) -> bool {
        let calls = |code: Option<&String>| {
            let called = |before: &str, after: &str| {
                code.is_some_and(|code| code.contains(&format!("{before}{}{after}", method.name)))
            };
            [".", "::"]
                .iter()
                .any(|before| called(before, "(") || called(before, "::<"))
        };
        !method.examples.is_empty() || calls(self.of_types.get(&method.of)) || calls(self.of_files.get(&method.file))
    }

    /// The methods that no example shows.
    fn lacking(&self) -> Vec<String> {
        let methods = self
            .methods
            .iter()
            .filter(|method| self.public.contains(&method.of) && !self.is_shown(method));
        methods
            .map(|method| format!("{}::{} ({})", method.of, method.name, method.file.display()))
            .collect()
    }
}

fn rust_files(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn every_method_of_the_public_api_has_an_example() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../authress/src");
    let (mut files, mut source) = (Vec::new(), Source::default());
    rust_files(&root, &mut files);
    files.sort();
    for path in files {
        let file = syn::parse_file(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let path = path.strip_prefix(&root).unwrap();
        source.add_examples(path, "", &file.attrs);
        source.read(path, file.items);
    }
    // The 75 operations and the client are among what was found.
    for of in ["AuthressClient", "Users"] {
        assert!(
            source.public.contains(of) && source.methods.iter().any(|method| method.of == of),
            "{of}"
        );
    }
    assert!(source.methods.len() > 150, "{}", source.methods.len());
    let lacking: BTreeSet<String> = source.lacking().into_iter().collect();
    let known: BTreeSet<String> = WITHOUT.map(str::to_owned).into();
    let (new, old): (Vec<_>, Vec<_>) = (
        lacking.difference(&known).collect(),
        known.difference(&lacking).collect(),
    );
    assert!(new.is_empty(), "without an example: {new:#?}");
    assert!(old.is_empty(), "no longer without an example: {old:#?}");
}

fn lacking_in(code: &str) -> Vec<String> {
    let mut source = Source::default();
    source.read(Path::new("a.rs"), syn::parse_file(code).unwrap().items);
    source.lacking()
}

#[test]
fn a_method_without_an_example_is_found() {
    let named = ["A::b (a.rs)"];
    assert_eq!(lacking_in("pub struct A; impl A { pub fn b() {} }"), named);
    assert_eq!(lacking_in("group! { A; b(c: D<E, F>) -> B; }"), named);
    for hidden in [
        "```\n# A::b();\n```",
        "```text\nA::b()\n```",
        "```compile_fail\nA::b()\n```",
        "`A::b()`",
        "```\nA::bb()\n```",
    ] {
        let code = format!("#[doc = {hidden:?}] pub struct A; impl A {{ pub fn b() {{}} }}");
        assert_eq!(lacking_in(&code), named, "{hidden}");
    }
}

#[test]
fn an_example_is_one_of_its_own_or_of_its_type_or_of_its_file() {
    for code in [
        "pub struct A; impl A { #[doc = \"```\\n1;\\n```\"] pub fn b() {} }",
        "#[doc = \"```\\nA::b();\\n```\"] pub struct A; impl A { pub fn b() {} }",
        "pub struct A; impl A { #[doc = \"```\\na.b::<u8>();\\n```\"] pub fn c() {} pub fn b() {} }",
        "pub struct A; impl A { pub fn b() {} } #[doc = \"```no_run\\na.b();\\n```\"] pub struct C;",
        "group! { A; #[doc = \"```\\n1;\\n```\"] b(c) -> B; }",
        // Nothing that users can call.
        "struct A; impl A { pub fn b() {} }",
        "pub struct A; impl A { pub(crate) fn b() {} } impl B for A { fn c() {} }",
        "pub struct A; #[cfg(test)] mod tests { impl A { pub fn b() {} } } impl A { #[cfg(test)] pub fn c() {} }",
    ] {
        assert_eq!(lacking_in(code), [""; 0], "{code}");
    }
}
