package io.warren.platform;

import io.warren.testing.contract.ConfigurationPage;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

    @Test
    void theReferenceHasEverySettingAndNoOther() {
        ConfigurationPage.describesTheSettingsOf("platform");
    }
}
