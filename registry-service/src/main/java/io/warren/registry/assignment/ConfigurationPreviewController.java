package io.warren.registry.assignment;

import io.warren.platform.expression.ExpressionLanguage;
import io.warren.platform.security.Caller;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Previews of configurations over REST. */
@RestController
class ConfigurationPreviewController {

    private final ConfigurationPreview preview;

    ConfigurationPreviewController(ConfigurationPreview preview) {
        this.preview = preview;
    }

    @PostMapping("/api/v1/configurations:preview")
    ConfigurationPreview.Preview preview(Caller caller, @RequestBody @Valid PreviewQuestion question) {
        return preview.of(caller.requireTenant(), question.target());
    }

    /**
     * What a preview is asked of.
     *
     * @param target an expression
     */
    record PreviewQuestion(
            @NotNull @Size(min = 1, max = ExpressionLanguage.MAX_LENGTH)
            String target) {}
}
