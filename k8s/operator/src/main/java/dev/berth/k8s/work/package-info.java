/** How controllers work off what changed: keys once each, a few at a time, failed ones again after a growing pause. */
@org.jspecify.annotations.NullMarked
package dev.berth.k8s.work;
