package io.warren.platform.expression;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import io.warren.platform.vocabulary.Vocabulary;
import java.util.Optional;

/**
 * What CEL is told of the names. Of values it is told nothing more than which are lists and maps, since any may be missing: what
 * can be compared with what is looked at by the {@link Translation}.
 */
final class VocabularyTypes implements CelTypeProvider {

    private final ImmutableMap<String, CelType> groups;

    VocabularyTypes(Vocabulary vocabulary) {
        ImmutableMap.Builder<String, CelType> types = ImmutableMap.builder();
        for (String group : vocabulary.groups()) {
            ImmutableMap.Builder<String, CelType> below = ImmutableMap.builder();
            for (String name : vocabulary.children(group + ".")) {
                below.put(name, typeOf(vocabulary, group + "." + name));
            }
            ImmutableMap<String, CelType> fields = below.buildOrThrow();
            String type = typeName(group);
            types.put(type, StructType.create(type, fields.keySet(), name -> Optional.ofNullable(fields.get(name))));
        }
        groups = types.buildOrThrow();
    }

    static CelType typeOf(Vocabulary vocabulary, String name) {
        return switch (vocabulary.type(name)) {
            case null -> StructTypeReference.create(typeName(name));
            case TEXTS -> ListType.create(SimpleType.STRING);
            case TEXT_MAP -> MapType.create(SimpleType.STRING, SimpleType.DYN);
            default -> SimpleType.DYN;
        };
    }

    private static String typeName(String group) {
        return "warren." + group;
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return groups.values();
    }

    @Override
    public Optional<CelType> findType(String name) {
        return Optional.ofNullable(groups.get(name));
    }
}
