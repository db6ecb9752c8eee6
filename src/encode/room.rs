//! The room that a block of words is worked on in: each thread keeps its own, so that no article waits for memory.

use std::cell::Cell;

use super::{BREADTH, VECTOR, Words};

/// The vectors of some words, as levels.
pub(crate) type Vectors = Vec<[u8; VECTOR]>;

/// What the stages write for the words of one block; nothing in it outlives the block.
#[derive(Debug, Default)]
pub(crate) struct Room {
    pub(crate) vectors: Vectors,
    /// The words' shares, of the roles' head and of the stances'.
    pub(crate) shares: [Words; 2],
    pub(super) x: Vec<[f32; BREADTH]>,
    pub(super) levels: Vec<[u8; BREADTH]>,
    pub(super) next: Vec<[u8; BREADTH]>,
}

thread_local! {
    static KEPT: Cell<Room> = Cell::default();
}

impl Room {
    /// Gives this thread's room back: what follows a long text's last block needs the memory more.
    pub(crate) fn leave() {
        KEPT.take();
    }

    /// Does some work in this thread's room.
    pub(crate) fn with<T>(work: impl FnOnce(&mut Self) -> T) -> T {
        let mut room = KEPT.take();
        let out = work(&mut room);
        KEPT.set(room);
        out
    }
}
