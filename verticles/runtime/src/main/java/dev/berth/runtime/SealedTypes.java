package dev.berth.runtime;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.util.Arrays;
import java.util.List;

/**
 * Tags the records that a sealed interface permits by their simple names, in property {@code type}. The compiler knows
 * the list, so nobody keeps one by hand, and a name that is not on it is refused.
 */
final class SealedTypes extends SimpleModule {
    private static final long serialVersionUID = 1L;

    SealedTypes() {
        super("sealed-types");
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.insertAnnotationIntrospector(new Tags());
    }

    private static final class Tags extends NopAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public TypeResolverBuilder<?> findTypeResolver(MapperConfig<?> config, AnnotatedClass type, JavaType base) {
            if (!isTagged(base.getRawClass())) {
                return super.findTypeResolver(config, type, base);
            }
            return new StdTypeResolverBuilder()
                    .init(JsonTypeInfo.Id.NAME, null)
                    .inclusion(JsonTypeInfo.As.PROPERTY)
                    .typeProperty("type");
        }

        @Override
        public List<NamedType> findSubtypes(Annotated annotated) {
            Class<?> type = annotated.getRawType();
            if (!isTagged(type)) {
                return super.findSubtypes(annotated);
            }
            return Arrays.stream(type.getPermittedSubclasses())
                    .map(permitted -> new NamedType(permitted, permitted.getSimpleName()))
                    .toList();
        }

        private static boolean isTagged(Class<?> type) {
            return type.isInterface() && type.isSealed();
        }
    }
}
