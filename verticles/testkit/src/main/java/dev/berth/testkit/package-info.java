/**
 * Real things for tests: a kube-apiserver with its etcd, and where other parts of a real Kubernetes are found.
 *
 * <p>Enter by {@link dev.berth.testkit.KubeApiServer}. Test scope only: no room depends on it at run time.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.testkit;
