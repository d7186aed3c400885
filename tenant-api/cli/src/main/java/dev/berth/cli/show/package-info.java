/**
 * What people see: tables, ages, amounts, explanations, YAML. Every text from outside goes through
 * {@link dev.berth.cli.show.Clean} on its way to a terminal, so that no name can steer it. Words are those of the API.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.cli.show;
