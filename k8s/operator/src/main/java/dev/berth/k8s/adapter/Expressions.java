package dev.berth.k8s.adapter;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compiles the expressions of adapters: standard CEL with optional fields, math, strings, lists and functions of our own. */
final class Expressions {
    private static final int MAX_CODE_POINTS = 1_024;
    private static final int MAX_NESTING = 32;
    private static final int MAX_STEPS = 10_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(MAX_CODE_POINTS)
            .maxParseRecursionDepth(MAX_NESTING)
            .comprehensionMaxIterations(MAX_STEPS)
            .build();

    private final Cel cel;

    Expressions() {
        var builder = CelFactory.standardCelBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addCompilerLibraries(
                        CelExtensions.optional(),
                        CelExtensions.math(OPTIONS),
                        CelExtensions.strings(),
                        CelExtensions.lists())
                .addRuntimeLibraries(
                        CelExtensions.optional(),
                        CelExtensions.math(OPTIONS),
                        CelExtensions.strings(),
                        CelExtensions.lists());
        for (String name : List.of("self", "each", "pod", "roles")) {
            builder.addVar(name, SimpleType.DYN);
        }
        builder.addVar("position", SimpleType.INT);
        builder.addFunctionDeclarations(declarations());
        builder.addFunctionBindings(bindings());
        this.cel = builder.build();
    }

    /** Compiles; {@link AdapterFailure} with the column where the text is wrong. */
    Expression compile(String field, String text) {
        try {
            var checked = cel.compile(text).getAst();
            return new Expression(field, cel.createProgram(checked));
        } catch (CelValidationException wrong) {
            CelIssue first = wrong.getErrors().get(0);
            throw new AdapterFailure(
                    field,
                    first.getMessage() + " (column "
                            + (first.getSourceLocation().getColumn() + 1) + ")");
        } catch (CelEvaluationException | RuntimeException wrong) {
            throw new AdapterFailure(field, String.valueOf(wrong.getMessage()));
        }
    }

    private static List<CelFunctionDecl> declarations() {
        CelType dyn = SimpleType.DYN;
        CelType string = SimpleType.STRING;
        return List.of(
                function("condition", string, dyn, string),
                function("conditionReason", string, dyn, string),
                function("conditionMessage", string, dyn, string),
                function("label", string, dyn, string, string),
                function("annotation", string, dyn, string, string),
                function("toInt", SimpleType.INT, dyn, SimpleType.INT),
                function("sum", SimpleType.INT, dyn),
                function("role", dyn, dyn, string));
    }

    private static CelFunctionDecl function(String name, CelType result, CelType... parameters) {
        return CelFunctionDecl.newFunctionDeclaration(
                name, CelOverloadDecl.newGlobalOverload("berth_" + name, result, List.of(parameters)));
    }

    private static List<CelFunctionBinding> bindings() {
        List<CelFunctionBinding> all = new ArrayList<>();
        all.add(CelFunctionBinding.from(
                "berth_condition", Object.class, String.class, (o, type) -> condition(o, type, "status")));
        all.add(CelFunctionBinding.from(
                "berth_conditionReason", Object.class, String.class, (o, type) -> condition(o, type, "reason")));
        all.add(CelFunctionBinding.from(
                "berth_conditionMessage", Object.class, String.class, (o, type) -> condition(o, type, "message")));
        all.add(CelFunctionBinding.from(
                "berth_label",
                List.of(Object.class, String.class, String.class),
                arguments -> metadata(arguments, "labels")));
        all.add(CelFunctionBinding.from(
                "berth_annotation",
                List.of(Object.class, String.class, String.class),
                arguments -> metadata(arguments, "annotations")));
        all.add(CelFunctionBinding.from("berth_toInt", Object.class, Long.class, Expressions::toInt));
        all.add(CelFunctionBinding.from("berth_sum", Object.class, Expressions::sum));
        all.add(CelFunctionBinding.from("berth_role", Object.class, String.class, Expressions::role));
        return all;
    }

    private static String condition(Object object, String type, String part) {
        Object conditions = Trees.map(Trees.map(object).get("status")).get("conditions");
        if (conditions instanceof List<?> list) {
            for (Object one : list) {
                if (type.equals(Trees.map(one).get("type"))) {
                    return Trees.text(Trees.map(one), part);
                }
            }
        }
        return "";
    }

    private static String metadata(Object[] arguments, String part) {
        Map<String, Object> metadata = Trees.map(Trees.map(arguments[0]).get("metadata"));
        Object found = Trees.map(metadata.get(part)).get((String) arguments[1]);
        return found instanceof String text ? text : (String) arguments[2];
    }

    private static long toInt(Object value, long otherwise) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        String text = value instanceof String string ? string.strip() : "";
        return text.matches("-?[0-9]{1,18}") ? Long.parseLong(text) : otherwise;
    }

    private static long sum(Object values) {
        long sum = 0;
        if (values instanceof List<?> list) {
            for (Object one : list) {
                sum = Math.addExact(sum, toInt(one, 0));
            }
        }
        return sum;
    }

    private static Object role(Object roles, String name) {
        Map<String, Object> sum = new LinkedHashMap<>();
        RoleShape.NUMBERS.forEach(number -> sum.put(number, 0L));
        sum.put("role", name);
        if (roles instanceof List<?> list) {
            for (Object one : list) {
                Map<String, Object> role = Trees.map(one);
                if (name.equals(role.get("role"))) {
                    RoleShape.NUMBERS.forEach(
                            number -> sum.merge(number, toInt(role.getOrDefault(number, 0L), 0), Expressions::add));
                }
            }
        }
        return sum;
    }

    private static Object add(Object one, Object other) {
        return (Long) one + (Long) other;
    }
}
