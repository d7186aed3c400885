/**
 * What a {@code WorkloadAdapter} means: {@link dev.berth.k8s.adapter.AdapterCheck} says whether one can be accepted, and
 * gives the {@link dev.berth.k8s.adapter.Adapter} that answers for objects of its kind: which pods they want, how those
 * form groups, what their status says, what is to be written to suspend them. Pure: objects come as plain trees of maps,
 * lists, strings, longs, doubles and booleans; no clock, no network. {@link dev.berth.k8s.adapter.BuiltInAdapters} are the
 * ones that Berth ships.
 *
 * <p>An adapter is a stranger's program, and what it reads are strangers' objects: expressions are bounded in size, depth
 * and steps, results in range, and whatever goes wrong ends as one {@link dev.berth.k8s.adapter.AdapterFailure} that names
 * the field.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.k8s.adapter;
