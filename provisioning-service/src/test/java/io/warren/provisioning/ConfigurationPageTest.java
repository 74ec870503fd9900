package io.warren.provisioning;

import io.warren.testing.contract.ConfigurationPage;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

    @Test
    void theReferenceHasEverySettingAndNoOther() {
        ConfigurationPage.describesTheSettingsOf("provisioning-service");
    }
}
