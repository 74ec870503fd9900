package io.warren.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class CredentialTest {

    @RepeatedTest(20)
    void what_is_shown_to_the_holder_can_be_read_again() {
        Credential credential = Credential.generate();
        assertThat(credential.text()).matches("wk_[0-9a-f]{16}_[A-Za-z0-9_-]{43}");
        assertThat(Credential.parse(credential.text())).isEqualTo(credential);
    }

    @Test
    void text_of_another_form_is_tried_as_the_bootstrap_key() {
        assertThat(Credential.parse("b3BlbiBzZXNhbWU=")).isEqualTo(new Credential("bootstrap", "b3BlbiBzZXNhbWU="));
    }

    @Test
    void a_new_secret_keeps_the_id() {
        Credential credential = Credential.generate();
        Credential renewed = Credential.renew(credential.id());
        assertThat(renewed.id()).isEqualTo(credential.id());
        assertThat(renewed.hash()).isNotEqualTo(credential.hash());
    }

    @Test
    void the_secret_does_not_get_into_logs() {
        Credential credential = Credential.generate();
        assertThat(credential.toString()).doesNotContain(credential.secret());
    }
}
