//! One folder per resource, always the same three files: the wire (`dto`), HTTP in and out (`handlers`), use cases
//! (`service`). Resources never import each other.

pub mod clusters;
pub mod operations;
