package dev.berth.k8s.simulated;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

/** Copies a bean field by field and shares what the fields point to: fabric8's builders copy all that lies below. */
final class ShallowCopy {
    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            List<Field> fields = Arrays.stream(type.getDeclaredFields())
                    .filter(field -> !Modifier.isStatic(field.getModifiers()))
                    .toList();
            fields.forEach(field -> field.setAccessible(true));
            return fields;
        }
    };

    private ShallowCopy() {}

    static <T> T of(T from, T to) {
        for (Field field : FIELDS.get(from.getClass())) {
            try {
                field.set(to, field.get(from));
            } catch (IllegalAccessException impossible) {
                throw new AssertionError(impossible);
            }
        }
        return to;
    }
}
