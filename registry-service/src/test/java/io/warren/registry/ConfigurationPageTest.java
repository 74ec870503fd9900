package io.warren.registry;

import io.warren.testing.contract.ConfigurationPage;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

    @Test
    void theReferenceHasEverySettingAndNoOther() {
        ConfigurationPage.describesTheSettingsOf("registry-service");
    }
}
