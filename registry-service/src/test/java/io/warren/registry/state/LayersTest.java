package io.warren.registry.state;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.warren.registry.document.Documents;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.node.ObjectNode;

class LayersTest {

    @Property
    void aPatchDoesToTheDesiredStateWhatItDoesToAnyDocument(
            @ForAll("patches") ObjectNode begun,
            @ForAll("patches") ObjectNode configured,
            @ForAll("patches") ObjectNode first,
            @ForAll("patches") ObjectNode second) {
        Layers layers = layers(begun, configured);
        ObjectNode expected = layers.together();
        for (ObjectNode patch : new ObjectNode[] {first, second}) {
            layers = layers.patched(patch);
            expected = Documents.patched(expected, patch);
            assertThat(layers.together()).isEqualTo(expected);
        }
    }

    @Property
    void withoutOtherLayersThereIsOnlyOneWhateverIsSaid(
            @ForAll("patches") ObjectNode first, @ForAll("patches") ObjectNode second) {
        Layers layers =
                Layers.of(Documents.empty()).patched(first).patched(second).replaced(first);
        assertThat(layers.areOne()).isTrue();
        assertThat(layers.own()).isEqualTo(layers.together());
    }

    @Property
    void whatWasSaidOfTheDeviceItselfStaysWhateverConfigurationsSay(
            @ForAll("patches") ObjectNode configured,
            @ForAll("patches") ObjectNode patch,
            @ForAll("patches") ObjectNode otherwise) {
        ObjectNode other = Documents.patched(Documents.empty(), otherwise);
        Layers layers = layers(Documents.empty(), configured).patched(patch).on(other);
        ObjectNode said = Documents.patched(Documents.empty(), patch);
        assertThat(Documents.missing(said, layers.together())).isEmpty();
        assertThat(layers.on(other).together()).isEqualTo(layers.together());
    }

    @Example
    void whatIsTakenFromADeviceDoesNotComeBackAndWhatIsLetGoOfDoes() {
        Layers layers =
                layers(Documents.empty(), document("{\"a\":1,\"b\":2}")).patched(document("{\"a\":null,\"c\":3}"));
        assertThat(layers.together()).isEqualTo(document("{\"b\":2,\"c\":3}"));
        layers = layers.on(document("{\"a\":7,\"b\":8}"));
        assertThat(layers.together()).isEqualTo(document("{\"b\":8,\"c\":3}"));
        assertThat(layers.replaced(Documents.empty()).together()).isEqualTo(document("{\"a\":7,\"b\":8}"));
    }

    private static Layers layers(ObjectNode begun, ObjectNode configured) {
        return Layers.of(Documents.empty())
                .beginningWith(Documents.patched(Documents.empty(), begun))
                .on(Documents.patched(Documents.empty(), configured));
    }

    private static ObjectNode document(String text) {
        return Documents.readDocument(text);
    }

    /** Few names and values, so that they meet often. */
    @Provide
    static Arbitrary<ObjectNode> patches() {
        Arbitrary<String> scalars = Arbitraries.of("null", "1", "2", "[1]", "{}");
        Arbitrary<String> inner =
                Arbitraries.maps(Arbitraries.of("a", "b"), scalars).ofMaxSize(2).map(LayersTest::object);
        return Arbitraries.maps(Arbitraries.of("a", "b", "c"), Arbitraries.oneOf(scalars, inner))
                .ofMaxSize(3)
                .map(LayersTest::object)
                .map(Documents::readDocument);
    }

    private static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(joining(",", "{", "}"));
    }
}
