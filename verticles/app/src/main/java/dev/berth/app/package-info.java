/**
 * The jar's front door: {@link dev.berth.app.Main} and its commands. Knows no role by name: roles are found on the class
 * path, so an image with fewer modules has fewer roles.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.app;
