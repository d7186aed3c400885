package dev.berth.scheduler.verticle.kubernetes;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Seeded lots, and objects written down as nested maps. */
final class Draw {
    private final Random random;

    Draw(long seed) {
        random = new Random(seed);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    @SafeVarargs
    final <T> T one(T... of) {
        return of[random.nextInt(of.length)];
    }

    <T> T oneOf(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** From one to all of them, in order. */
    @SafeVarargs
    final <T> List<T> some(T... of) {
        List<T> some = new ArrayList<>();
        for (T each : of) {
            if (chance(45)) {
                some.add(each);
            }
        }
        return some.isEmpty() ? List.of(one(of)) : some;
    }

    <T> List<T> times(int count, Supplier<T> each) {
        List<T> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(each.get());
        }
        return all;
    }

    /** Keys and values in turn. */
    static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    static <T> T object(Class<T> type, Map<String, Object> text) {
        return Serialization.unmarshal(Serialization.asJson(text), type);
    }
}
