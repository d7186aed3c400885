package dev.berth.runtime;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents a configuration key: what it is, its unit, its default as text and the range that is accepted. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Doc {
    String value();

    /** The default, as it would stand in YAML; a key without one is required. */
    String standard() default REQUIRED;

    /** Whether the value must not be shown, logged or listed. */
    boolean secret() default false;

    String REQUIRED = "\0required";
}
