/**
 * The container image: a runtime that {@code jlink} makes of the JDK at hand, the shared libraries that it needs, a shell for
 * PostgreSQL's {@code initdb}, and the jar. Written as a Docker archive, which containerd, podman and docker load.
 */
@NullMarked
package dev.berth.k8s.image;

import org.jspecify.annotations.NullMarked;
