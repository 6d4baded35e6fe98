//! Work over all cores, in bounded memory, with results in the order of what was given.
//!
//! The calling thread reads and collects, the others work. No more is under way than a few pieces a
//! thread, so memory does not grow with the length of a stream; results are collected in order, so that
//! what is made of them cannot depend on the number of threads.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};

/// Pieces under way for each thread: one is worked on, one waits, one is on its way back.
const UNDER_WAY: usize = 3;

type Done<W> = (u64, std::thread::Result<W>);

/// Works on every piece that `next` gives, on `threads` threads (at least one), and hands the results to
/// `take` in the order of the pieces. When `take` breaks off, nothing more is read, and what it broke off
/// with is returned.
///
/// # Panics
/// When `work` panics: here, with the same message, after the other threads have ended.
pub fn in_order<T: Send, W: Send, B>(
    threads: usize,
    next: impl FnMut() -> Option<T>,
    work: impl Fn(T) -> W + Sync,
    take: impl FnMut(W) -> ControlFlow<B>,
) -> Option<B> {
    in_order_with(threads, next, || (), |(), piece| work(piece), take)
}

/// The same with something that each thread keeps at hand: `kept` makes it once for each thread. What is
/// made of a piece must not depend on the pieces before it.
///
/// # Panics
/// As [`in_order`].
pub fn in_order_with<T: Send, W: Send, S, B>(
    threads: usize,
    mut next: impl FnMut() -> Option<T>,
    kept: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, T) -> W + Sync,
    mut take: impl FnMut(W) -> ControlFlow<B>,
) -> Option<B> {
    let threads = threads.max(1);
    let (give, given) = channel::<(u64, T)>();
    let (done, finished) = channel::<Done<W>>();
    let given = Mutex::new(given);
    std::thread::scope(|scope| {
        // Dropped at the end of this closure, whatever happens: the threads see it and end.
        let give = give;
        for _ in 0..threads {
            let done = done.clone();
            let (given, kept, work) = (&given, &kept, &work);
            scope.spawn(move || worker(given, kept, work, &done));
        }
        drop(done);
        let (mut read, mut taken, mut open) = (0_u64, 0_u64, true);
        let mut early: BTreeMap<u64, W> = BTreeMap::new();
        loop {
            while open && read - taken < (threads * UNDER_WAY) as u64 {
                match next() {
                    Some(piece) => {
                        open = give.send((read, piece)).is_ok();
                        read += u64::from(open);
                    }
                    None => open = false,
                }
            }
            if taken == read {
                return None;
            }
            let Ok((number, result)) = finished.recv() else {
                return None;
            };
            match result {
                Ok(result) => early.insert(number, result),
                Err(panic) => resume_unwind(panic),
            };
            while let Some(result) = early.remove(&taken) {
                taken += 1;
                if let ControlFlow::Break(why) = take(result) {
                    return Some(why);
                }
            }
        }
    })
}

fn worker<T, W, S>(
    given: &Mutex<Receiver<(u64, T)>>,
    kept: &impl Fn() -> S,
    work: &impl Fn(&mut S, T) -> W,
    done: &Sender<Done<W>>,
) {
    let mut kept = kept();
    loop {
        let piece = match given.lock() {
            Ok(given) => given.recv(),
            Err(_) => return,
        };
        let Ok((number, piece)) = piece else { return };
        let result = catch_unwind(AssertUnwindSafe(|| work(&mut kept, piece)));
        if done.send((number, result)).is_err() {
            return;
        }
    }
}

/// How many threads this machine runs at once; one where it does not say.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(threads: usize, until: u64) -> Vec<u64> {
        let mut pieces = 0..until;
        let mut found = Vec::new();
        let broke = in_order(
            threads,
            || pieces.next(),
            |n| n * n,
            |n| {
                found.push(n);
                ControlFlow::<()>::Continue(())
            },
        );
        assert_eq!(broke, None);
        found
    }

    #[test]
    fn results_come_in_order_whatever_the_number_of_threads() {
        let expected: Vec<u64> = (0..1000).map(|n| n * n).collect();
        for threads in [0, 1, 2, 7] {
            assert_eq!(squares(threads, 1000), expected);
        }
        assert!(squares(3, 0).is_empty());
    }

    #[test]
    fn breaking_off_reads_only_a_little_further() {
        let mut read = 0_u64;
        let broke = in_order(
            2,
            || {
                read += 1;
                Some(read)
            },
            |n| n,
            |n| {
                if n == 10 {
                    ControlFlow::Break(n)
                } else {
                    ControlFlow::Continue(())
                }
            },
        );
        assert_eq!(broke, Some(10));
        assert!(read <= 10 + 2 * UNDER_WAY as u64, "{read}");
    }

    #[test]
    #[should_panic(expected = "at seven")]
    fn a_panic_at_work_is_one_here() {
        let mut pieces = 0..100;
        in_order(
            2,
            || pieces.next(),
            |n| assert!(n != 7, "at seven"),
            |()| ControlFlow::<()>::Continue(()),
        );
    }
}
