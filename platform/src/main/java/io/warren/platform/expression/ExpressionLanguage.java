package io.warren.platform.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.vocabulary.Vocabulary;

/**
 * The language of expressions over one vocabulary: the Common Expression Language (CEL), as far as a database can answer it with
 * the same result. Reading an expression takes about a tenth of a millisecond; instances can be shared.
 */
public final class ExpressionLanguage {

    /** How many characters an expression has at most. */
    public static final int MAX_LENGTH = 4_096;

    /** How many names, values and operations an expression has at most; the elements of lists are not counted. */
    public static final int MAX_NODES = 256;

    /** How deep an expression is nested at most. */
    public static final int MAX_DEPTH = 32;

    /** How many elements a list has at most. */
    public static final int MAX_LIST = 500;

    private static final int MOST_ERRORS = 5;
    private final Vocabulary vocabulary;
    private final CelCompiler compiler;
    private final CelErrors errors;

    /** The language over a vocabulary. */
    public ExpressionLanguage(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.compiler = compiler(vocabulary);
        this.errors = new CelErrors(new FieldNames(vocabulary));
    }

    /**
     * Reads a condition.
     *
     * @param source what was written
     * @param pointer where it was written, for problems: a parameter's name or a JSON pointer (RFC 6901)
     * @throws ProblemException of kind {@code invalid-expression}, with position and hint
     */
    public Expression compile(String source, String pointer) {
        CelAbstractSyntaxTree tree = parse(source, pointer);
        SourceText text = new SourceText(source, tree.getSource().getPositionsMap());
        return new Expression(source, new Translation(vocabulary, text, pointer).condition(tree.getExpr()));
    }

    /**
     * Reads the name of a value, such as {@code device.tags.site}, by which something is sorted or grouped.
     *
     * @param source what was written
     * @param pointer where it was written, for problems: a parameter's name or a JSON pointer (RFC 6901)
     * @throws ProblemException of kind {@code invalid-expression}, with position and hint
     */
    public NamedValue name(String source, String pointer) {
        CelAbstractSyntaxTree tree = parse(source, pointer);
        SourceText text = new SourceText(source, tree.getSource().getPositionsMap());
        return new NamedValue(new Translation(vocabulary, text, pointer).scalar(tree.getExpr()));
    }

    private CelAbstractSyntaxTree parse(String source, String pointer) {
        if (source.length() > MAX_LENGTH) {
            throw ExpressionProblems.invalid(
                    pointer, "an expression has at most " + MAX_LENGTH + " characters", null, null);
        }
        if (source.isBlank()) {
            throw ExpressionProblems.invalid(pointer, "the expression is empty", null, null);
        }
        for (int at = 0; at < source.length(); at = source.offsetByCodePoints(at, 1)) {
            int codePoint = source.codePointAt(at);
            if (codePoint == 0 || Character.getType(codePoint) == Character.SURROGATE) {
                throw ExpressionProblems.invalid(
                        pointer, "no text in Warren has such a character in it", SourceText.position(source, at), null);
            }
        }
        CelValidationResult result = compiler.compile(source);
        if (result.hasError()) {
            throw ExpressionProblems.invalid(result.getErrors().stream()
                    .limit(MOST_ERRORS)
                    .map(issue -> errors.violation(source, pointer, issue))
                    .toList());
        }
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            throw new IllegalStateException("There are no errors", e);
        }
    }

    private static CelCompiler compiler(Vocabulary vocabulary) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setStandardMacros(CelStandardMacro.HAS)
                .setOptions(CelOptions.current()
                        .maxExpressionCodePointSize(MAX_LENGTH)
                        .maxParseRecursionDepth(MAX_DEPTH)
                        .maxParseErrorRecoveryLimit(MOST_ERRORS)
                        .build())
                .setTypeProvider(new VocabularyTypes(vocabulary))
                .addVar(Vocabulary.NOW, SimpleType.TIMESTAMP);
        for (String root : vocabulary.children("")) {
            builder.addVar(root, VocabularyTypes.typeOf(vocabulary, root));
        }
        return builder.build();
    }
}
