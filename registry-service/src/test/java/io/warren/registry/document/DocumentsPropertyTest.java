package io.warren.registry.document;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class DocumentsPropertyTest {

    @Property
    void theDifferenceMakesOneDocumentTheOther(
            @ForAll("documents") ObjectNode from, @ForAll("documents") ObjectNode to) {
        ObjectNode patch = Documents.difference(from, to);
        assertThat(Documents.patched(from, patch)).isEqualTo(to);
        assertThat(patch.isEmpty()).isEqualTo(from.equals(to));
    }

    @Property
    void aPatchIsUndoneByTheDifferenceBack(
            @ForAll("documents") ObjectNode before, @ForAll("patches") ObjectNode patch) {
        ObjectNode after = Documents.patched(before, patch);
        assertThat(Documents.patched(after, Documents.difference(after, before)))
                .isEqualTo(before);
    }

    @Property
    void nothingIsMissingOnceWhatIsMissingIsPatchedIn(
            @ForAll("documents") ObjectNode wanted, @ForAll("documents") ObjectNode document) {
        ObjectNode missing = Documents.missing(wanted, document);
        assertThat(Documents.missing(wanted, Documents.patched(document, missing)))
                .isEmpty();
    }

    @Property
    void noMemberOfADocumentIsNull(@ForAll("documents") ObjectNode document, @ForAll("patches") ObjectNode patch) {
        assertThat(hasNullMember(Documents.patched(document, patch))).isFalse();
    }

    @Provide
    static Arbitrary<ObjectNode> documents() {
        return patches().map(patch -> Documents.patched(Documents.empty(), patch));
    }

    /** Few names and values, so that they meet often. */
    @Provide
    static Arbitrary<ObjectNode> patches() {
        return objects(3).map(Documents::readDocument);
    }

    private static Arbitrary<String> objects(int levels) {
        return Arbitraries.maps(Arbitraries.of("a", "b", "c"), values(levels - 1))
                .ofMaxSize(3)
                .map(members -> {
                    StringBuilder text = new StringBuilder("{");
                    members.forEach((name, value) -> text.append(text.length() == 1 ? "" : ",")
                            .append('"')
                            .append(name)
                            .append("\":")
                            .append(value));
                    return text.append('}').toString();
                });
    }

    private static Arbitrary<String> values(int levels) {
        Arbitrary<String> scalars =
                Arbitraries.of("null", "1", "2.5", "true", "\"x\"", "[1]", "[null,{\"a\":null}]", "{}");
        return levels == 0 ? scalars : Arbitraries.oneOf(scalars, objects(levels));
    }

    private static boolean hasNullMember(JsonNode value) {
        return value instanceof ObjectNode object
                && object.values().stream().anyMatch(member -> member.isNull() || hasNullMember(member));
    }
}
