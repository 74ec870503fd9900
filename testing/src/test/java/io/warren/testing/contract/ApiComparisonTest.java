package io.warren.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiComparisonTest {

    private static final String CODE = """
            paths:
              /api/v1/things/{id}:
                put:
                  parameters:
                  - {name: id, in: path, required: true, schema: {type: string, pattern: "[a-z]+"}}
                  - {name: limit, in: query, schema: {type: integer, format: int32}}
                  - {name: If-Match, in: header, schema: {type: string}}
                  requestBody:
                    required: true
                    content: {application/json: {schema: {$ref: "#/components/schemas/ThingRequest"}}}
                  responses:
                    "200": {content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
                delete:
                  parameters:
                  - {name: id, in: path, required: true, schema: {type: string}}
                  responses:
                    "204": {description: No Content}
              /error:
                get: {responses: {"200": {description: OK}}}
            components:
              schemas:
                ThingRequest:
                  type: object
                  properties:
                    name: {type: string, minLength: 0, maxLength: 8}
                    kind: {type: string, enum: [small, large]}
                    args: {type: object}
                  required: [name]
                Thing:
                  type: object
                  properties:
                    name: {type: string}
                    parts: {type: array, items: {type: object, properties: {weight: {type: integer}}}}
                    tags: {type: object, additionalProperties: {type: string}}
            """;

    /** The same with what only people can say: more headers, bounds, statuses, texts, and parts under names of their own. */
    private static final String DOCUMENT = """
            paths:
              /api/v1/things/{id}:
                parameters:
                - {name: id, in: path, required: true, schema: {type: string, pattern: "^[a-z]+$"}}
                put:
                  summary: Make a thing
                  parameters:
                  - {name: limit, in: query, schema: {type: integer, format: int32, maximum: 500}}
                  - {name: If-Match, in: header, schema: {type: string}}
                  - {name: Warren-Tenant, in: header, schema: {type: string}}
                  requestBody:
                    required: true
                    content: {application/json: {schema: {$ref: "#/components/schemas/Wanted"}}}
                  responses:
                    "200": {$ref: "#/components/responses/Thing"}
                    "201": {$ref: "#/components/responses/Thing"}
                    "422": {description: No}
                delete:
                  responses:
                    "204": {description: Gone}
            components:
              responses:
                Thing: {content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
              schemas:
                Wanted:
                  type: object
                  properties:
                    name: {type: string, maxLength: 8}
                    kind: {type: string, enum: [large, small]}
                    args: {description: Any JSON}
                  required: [name]
                Thing:
                  type: object
                  required: [name]
                  properties:
                    name: {type: string, description: Its name}
                    parts: {type: array, items: {type: object, properties: {weight: {type: integer}}}}
                    tags: {type: object, additionalProperties: {type: string}}
            """;

    @Test
    void aDocumentMaySayMoreThanTheCodeShows() {
        assertThat(ApiComparison.differences(OpenApiContract.yaml(CODE), OpenApiContract.yaml(DOCUMENT)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                things/{id}:                  | objects/{id}:                 | PUT /api/v1/things/{id} is in the code only
                put:                          | post:                         | POST /api/v1/things/{id} is in the document only
                name: limit                   | name: size                    | PUT /api/v1/things/{id}: query parameter size is in the document only
                name: If-Match                | name: If-None-Match           | PUT /api/v1/things/{id}: header parameter If-Match is in the code only
                limit, in: query,             | limit, in: query, required: true, | PUT /api/v1/things/{id}: query parameter limit is optional in the code only
                "^[a-z]+$"                    | "^[a-z0-9]+$"                 | PUT /api/v1/things/{id}: path parameter id: pattern is ^[a-z]+$ in the code, ^[a-z0-9]+$ in the document
                "^[a-z]+$"                    | "[a-z]+"                      | PUT /api/v1/things/{id}: path parameter id: pattern is ^[a-z]+$ in the code, [a-z]+ in the document
                format: int32                 | format: int64                 | PUT /api/v1/things/{id}: query parameter limit: format is int32 in the code, int64 in the document
                maxLength: 8                  | maxLength: 9                  | PUT /api/v1/things/{id}: request/name: maxLength is 8 in the code, 9 in the document
                [large, small]                | [large]                       | PUT /api/v1/things/{id}: request/kind: small is in the code only
                required: [name]              | required: [name, kind]        | PUT /api/v1/things/{id}: request: required are [name] in the code, [kind, name] in the document
                kind: {type: string,          | sort: {type: string,          | PUT /api/v1/things/{id}: request/sort is in the document only
                {weight: {type: integer}}     | {weight: {type: number}}      | PUT /api/v1/things/{id}: 201/parts[]/weight: type is integer in the code, number in the document
                additionalProperties: {type: string} | additionalProperties: {type: number} | PUT /api/v1/things/{id}: 200/tags{}: type is string in the code, number in the document
                Thing: {content: {application/json: | Thing: {content: {text/csv: | PUT /api/v1/things/{id}: 200: text/csv is in the document only
                "204": {description: Gone}    | "200": {description: Gone}    | DELETE /api/v1/things/{id}: 204 is in the code only
                """)
    void whateverElseTheyDoNotSayAlikeIsFound(String text, String other, String difference) {
        String changed = DOCUMENT.replace(text, other);

        assertThat(changed).isNotEqualTo(DOCUMENT);
        assertThat(ApiComparison.differences(OpenApiContract.yaml(CODE), OpenApiContract.yaml(changed)))
                .contains(difference);
    }

    @Test
    void anAnswerThatTheCodeDoesNotGiveIsFound() {
        String changed = DOCUMENT.replace("{description: Gone}", "{content: {application/json: {}}}");

        assertThat(ApiComparison.differences(OpenApiContract.yaml(CODE), OpenApiContract.yaml(changed)))
                .containsExactly("DELETE /api/v1/things/{id}: 204: application/json is in the document only");
    }

    @Test
    void headNeedsNoMethodOfItsOwn() {
        String code = CODE.replace("put:", "get:");
        String document = DOCUMENT.replace("put:", "get:")
                .replace("delete:", "head: {responses: {\"200\": {description: As GET}}}\n    delete:");

        assertThat(ApiComparison.differences(OpenApiContract.yaml(code), OpenApiContract.yaml(document)))
                .isEmpty();
    }
}
