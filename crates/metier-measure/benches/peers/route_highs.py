"""Solves the instances of `benches/route.rs` with HiGHS (highspy), one thread, to proven optimality.

    python benches/peers/route_highs.py INSTANCES.jsonl [SECONDS]

Each line of the file is one problem: goals [[amount, already]], actions [{cost, gains, needs}], targets,
the optimum found by `metier_measure::route` and the seconds of processor time it took. The model is the usual one: a binary
for each action and goal, sums of gains, needs, and an order variable for each node of a circle. Prints
HiGHS's processor time, the ratio, and whether the optima agree.
"""

import json
import statistics
import sys
import time

import highspy


def circles(nodes, edges):
    """The strongly connected set of each node (Kosaraju)."""
    ahead, back = [[] for _ in range(nodes)], [[] for _ in range(nodes)]
    for a, b in edges:
        ahead[a].append(b)
        back[b].append(a)

    def walk(to, start, seen, out):
        seen[start], stack = True, [(start, iter(to[start]))]
        while stack:
            node, rest = stack[-1]
            for after in rest:
                if not seen[after]:
                    seen[after] = True
                    stack.append((after, iter(to[after])))
                    break
            else:
                stack.pop()
                out.append(node)

    seen, finished = [False] * nodes, []
    for start in range(nodes):
        if not seen[start]:
            walk(ahead, start, seen, finished)
    seen, group = [False] * nodes, [0] * nodes
    for start in reversed(finished):
        if not seen[start]:
            members = []
            walk(back, start, seen, members)
            for member in members:
                group[member] = start
    return group


def solve(problem, seconds):
    goals, actions = problem["goals"], problem["actions"]
    g, n = len(goals), len(actions)
    edges = []
    for a, action in enumerate(actions):
        edges += [(g + a, goal) for goal, _ in action["gains"]]
        edges += [(p if kind == "goal" else g + p, g + a) for need in action["needs"] for kind, p in need]
    group = circles(g + n, edges)
    size = [0] * (g + n)
    for node in range(g + n):
        size[group[node]] += 1

    h = highspy.Highs()
    h.setOptionValue("output_flag", False)
    h.setOptionValue("threads", 1)
    h.setOptionValue("time_limit", float(seconds))
    h.setOptionValue("mip_rel_gap", 0.0)
    h.setOptionValue("mip_abs_gap", 1e-6)
    start = time.process_time()
    x = [h.addVariable(lb=0, ub=1, obj=a["cost"], type=highspy.HighsVarType.kInteger) for a in actions]
    y = [h.addVariable(lb=1 if c in problem["targets"] else 0, ub=1, obj=0, type=highspy.HighsVarType.kInteger)
         for c in range(g)]
    order = {v: h.addVariable(lb=0, ub=size[group[v]], obj=0) for v in range(g + n) if size[group[v]] > 1}
    # In a circle a giver counts for a goal only if it comes before it, and a need only if it is met before.
    givers = [[] for _ in range(g)]
    for a, action in enumerate(actions):
        for goal, amount in action["gains"]:
            if group[goal] == group[g + a]:
                used = h.addVariable(lb=0, ub=1, obj=0, type=highspy.HighsVarType.kInteger)
                h.addConstr(used <= x[a])
                big = size[group[goal]] + 1
                h.addConstr(order[goal] - order[g + a] >= 1 - big * (1 - used))
                givers[goal].append((amount, used))
            else:
                givers[goal].append((amount, x[a]))
        for need in action["needs"]:
            if any(kind == "goal" and goals[p][1] >= goals[p][0] - 1e-6 for kind, p in need):
                continue
            terms = []
            for kind, p in need:
                node, variable = (p, y[p]) if kind == "goal" else (g + p, x[p])
                if group[node] == group[g + a]:
                    used = h.addVariable(lb=0, ub=1, obj=0, type=highspy.HighsVarType.kInteger)
                    h.addConstr(used <= variable)
                    big = size[group[node]] + 1
                    h.addConstr(order[g + a] - order[node] >= 1 - big * (1 - used))
                    variable = used
                terms.append(variable)
            h.addConstr(sum(terms[1:], terms[0] * 1) >= x[a])
    for c, (amount, already) in enumerate(goals):
        rest = amount - already
        if rest <= 1e-6 * amount:
            continue
        if givers[c]:
            h.addConstr(sum((v * min(w, rest) for w, v in givers[c][1:]), givers[c][0][1] * min(givers[c][0][0], rest))
                        >= rest * (1 - 1e-6) * y[c])
        else:
            h.addConstr(y[c] * 1 <= 0)
    h.run()
    took = time.process_time() - start
    info = h.getInfo()
    optimal = h.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return (info.objective_function_value if optimal else None), took, info.mip_dual_bound


def main():
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 60
    families = {}
    with open(sys.argv[1]) as lines:
        for line in lines:
            problem = json.loads(line)
            cost, took, bound = solve(problem, seconds)
            same = cost is not None and abs(cost - problem["cost"]) < 1e-3
            families.setdefault(problem["name"], []).append((problem["seconds"], took, same, problem["proven"]))
            print(f'{problem["name"]} seed {problem["seed"]}: ours {problem["cost"]} '
                  f'(proven {problem["proven"]}, {problem["seconds"]:.3f} s), HiGHS {cost} bound {bound:.2f} ({took:.3f} s)', flush=True)
    print("\n| family | ours, median and worst | HiGHS, median and worst | ratio of medians | same optimum |\n|---|---|---|---|---|")
    for name, rows in families.items():
        ours, theirs = [r[0] for r in rows], [r[1] for r in rows]
        print(f"| {name} | {statistics.median(ours):.3f} s, {max(ours):.3f} s "
              f"| {statistics.median(theirs):.3f} s, {max(theirs):.3f} s "
              f"| {statistics.median(ours) / statistics.median(theirs):.2f} "
              f"| {sum(r[2] for r in rows)} of {len(rows)} |")


main()
