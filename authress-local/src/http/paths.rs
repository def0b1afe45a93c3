//! Templates of paths as a tree, segment by segment: how long it takes to find one depends on the path, not on how many templates there are.

use std::str::Split;

/// What stands under each of a number of templates such as `/v1/roles/{roleId}`.
#[derive(Debug)]
pub(super) struct Paths<T> {
    root: Node<T>,
}

#[derive(Debug)]
struct Node<T> {
    /// In no order: there are few, and most differ in length already.
    literals: Vec<(&'static str, Node<T>)>,
    parameter: Option<Box<Node<T>>>,
    here: Vec<T>,
}

impl<T> Paths<T> {
    /// Several may stand under one template; they are found in this order.
    pub(super) fn new(all: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let mut root = Node::new();
        for (template, item) in all {
            root.add(template.split('/'), item);
        }
        Self { root }
    }

    /// What stands under the template of `path`, with the parameters as they were sent; none is empty.
    ///
    /// Where a segment fits as it is written and as a parameter, the former counts.
    pub(super) fn find<'p>(&self, path: &'p str) -> Option<(&[T], Vec<&'p str>)> {
        let mut parameters = Vec::new();
        let found = self.root.find(Some(path), &mut parameters)?;
        Some((found, parameters))
    }
}

impl<T> Node<T> {
    fn new() -> Self {
        Self {
            literals: Vec::new(),
            parameter: None,
            here: Vec::new(),
        }
    }

    /// Puts `item` below this node, where `segments` lead.
    fn add(&mut self, mut segments: Split<'static, char>, item: T) {
        let Some(segment) = segments.next() else {
            return self.here.push(item);
        };
        if segment.starts_with('{') {
            let parameter = self.parameter.get_or_insert_with(|| Box::new(Self::new()));
            return parameter.add(segments, item);
        }
        if let Some((_, node)) = self.literals.iter_mut().find(|(literal, _)| *literal == segment) {
            return node.add(segments, item);
        }
        let mut node = Self::new();
        node.add(segments, item);
        self.literals.push((segment, node));
    }

    fn find<'p>(&self, path: Option<&'p str>, parameters: &mut Vec<&'p str>) -> Option<&[T]> {
        let Some(path) = path else {
            return (!self.here.is_empty()).then_some(&self.here);
        };
        let (segment, rest) = match path.split_once('/') {
            Some((segment, rest)) => (segment, Some(rest)),
            None => (path, None),
        };
        let literal = self.literals.iter().find(|(literal, _)| *literal == segment);
        if let Some(found) = literal.and_then(|(_, node)| node.find(rest, parameters)) {
            return Some(found);
        }
        let parameter = self.parameter.as_ref().filter(|_| !segment.is_empty())?;
        parameters.push(segment);
        let found = parameter.find(rest, parameters);
        if found.is_none() {
            parameters.pop();
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_by_its_segments_and_what_is_written_comes_before_parameters() {
        let templates = ["/", "/a", "/a/{x}", "/a/{x}/c", "/a/b/{y}/d", "/a/{x}/{y}/{z}"];
        let paths = Paths::new(templates.map(|template| (template, template)));
        for (path, expected) in [
            ("/", Some(("/", vec![]))),
            ("/a", Some(("/a", vec![]))),
            ("/a/1", Some(("/a/{x}", vec!["1"]))),
            ("/a/b", Some(("/a/{x}", vec!["b"]))),
            ("/a/b/c", Some(("/a/{x}/c", vec!["b"]))),
            ("/a/b/1/d", Some(("/a/b/{y}/d", vec!["1"]))),
            ("/a/b/1/e", Some(("/a/{x}/{y}/{z}", vec!["b", "1", "e"]))),
            ("/a/1/c/d/e", None),
            ("/a/", None),
            ("/a//c", None),
            ("/b", None),
            ("a", None),
            ("", None),
        ] {
            let found = paths.find(path).map(|(found, parameters)| (found[0], parameters));
            assert_eq!(found, expected, "{path}");
        }
    }

    #[test]
    fn what_stands_under_one_template_is_found_together() {
        let paths = Paths::new([("/a/{x}", 1), ("/b", 2), ("/a/{other}", 3)]);
        assert_eq!(paths.find("/a/1"), Some((&[1, 3][..], vec!["1"])));
    }
}
