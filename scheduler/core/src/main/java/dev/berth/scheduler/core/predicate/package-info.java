/**
 * Kubernetes' own predicates: which node may hold which pod. Depends on nothing else of the core.
 *
 * <p>Enter by {@link dev.berth.scheduler.core.predicate.Population}: made of {@link
 * dev.berth.scheduler.core.predicate.NodeFacts}, it gives {@link dev.berth.scheduler.core.predicate.Constraints} for {@link
 * dev.berth.scheduler.core.predicate.PodFacts}, one object for all equal pods. A scheduling cycle asks {@code
 * constraints.admits(node)} for each node it considers, tells {@code population.place(constraints, node)} for each pod that
 * runs or that it has just placed, and {@code remove} for each that it takes back; {@code constraints.survey()} says
 * afterwards how many nodes refuse and why. What a caller accounts itself, such as devices, it leaves out of the requests.
 *
 * <p>What depends on pod and node alone is worked out once a kind of pod and node. Numbers of pods in domains are counted
 * once a question, shared by all kinds of pods that ask it, and then kept by each placing and removing in constant time. The
 * rules are those of kube-scheduler 1.36, compared with it by {@code DifferentialIT} of the room scheduler/verticle.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.scheduler.core.predicate;
