use super::*;

#[test]
fn one_small_count_takes_the_next_smallest_with_it() {
    let got = one_way(&[3, 40, 17, 60], 5).unwrap();
    assert_eq!(got.counts, [None, Some(40), None, Some(60)]);
    assert_eq!((got.total, got.least), (Some(120), Least::Proven));
    assert_eq!(
        got.attach(&[1.0, 2.0, 3.0, 4.0]).unwrap(),
        [None, Some(2.0), None, Some(4.0)]
    );
    assert_eq!(got.shares(), [None, Some(40.0 / 120.0), None, Some(0.5)]);
    assert!(got.attach(&[1.0]).is_err());
}

#[test]
fn small_counts_whose_sum_is_small_need_another() {
    // 2 and 1 alone would be seen to be three together.
    let got = one_way(&[2, 1, 50, 30], 5).unwrap();
    assert_eq!(got.counts, [None, None, Some(50), None]);
    // 3 and 2 together are five: each could be 0 to 5.
    assert_eq!(
        one_way(&[3, 2, 50, 30], 5).unwrap().counts,
        [None, None, Some(50), Some(30)]
    );
}

#[test]
fn nothing_small_nothing_hidden_and_all_small_all_hidden() {
    let got = one_way(&[5, 6, 7], 5).unwrap();
    assert_eq!(
        (got.counts, got.total),
        (vec![Some(5), Some(6), Some(7)], Some(18))
    );
    let got = one_way(&[1, 0, 2], 5).unwrap();
    assert_eq!((got.counts, got.total), (vec![None, None, None], None));
    let got = one_way(&[2], 5).unwrap();
    assert_eq!((got.counts, got.total), (vec![None], None));
}

#[test]
fn a_cell_of_a_table_takes_a_rectangle_with_it() {
    let rows = [vec![20, 30, 3], vec![25, 10, 40], vec![30, 35, 50]];
    let got = two_way(&rows, 5).unwrap();
    assert_eq!(got.least, Least::Proven);
    let hidden: Vec<(usize, usize)> = (0..9)
        .map(|at| (at / 3, at % 3))
        .filter(|(i, j)| got.counts[*i][*j].is_none())
        .collect();
    // Rows 1 and 2, columns 2 and 3 (20 + 10 + ... is dearer): 30 + 10 + 40.
    assert_eq!(hidden, [(0, 1), (0, 2), (1, 1), (1, 2)]);
    assert!(
        got.row_totals
            .iter()
            .chain(&got.column_totals)
            .all(Option::is_some)
    );
    let shares = got.row_shares();
    assert_eq!((shares[0][0], shares[0][1]), (Some(20.0 / 53.0), None));
    assert!(got.attach(&[vec![0.0; 3]]).is_err());
    assert_eq!(
        got.attach_to_rows(&[1, 2, 3]).unwrap(),
        [Some(1), Some(2), Some(3)]
    );
    assert_eq!(
        got.attach_to_columns(&[1, 2, 3]).unwrap(),
        [Some(1), Some(2), Some(3)]
    );
}

#[test]
fn refuses_low_thresholds_and_what_is_no_table() {
    for threshold in [0, 1, 2, 1_001] {
        assert!(one_way(&[10, 20], threshold).is_err() && two_way(&[vec![10]], threshold).is_err());
    }
    assert!(one_way(&[], 5).is_err() && two_way(&[], 5).is_err() && two_way(&[vec![]], 5).is_err());
    assert!(two_way(&[vec![1, 2], vec![3]], 5).is_err());
    assert!(one_way(&[u64::MAX, u64::MAX], 5).is_err());
    assert!(one_way(&vec![9; MAX_CELLS + 1], 5).is_err());
}
