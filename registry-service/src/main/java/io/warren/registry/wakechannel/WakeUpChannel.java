package io.warren.registry.wakechannel;

import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Version;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A wake-up channel, as its tenant described it. When it is somebody's turn to send is in columns that are none of its. */
@Entity
@SuppressWarnings("UnusedVariable") // a column is read by queries only
class WakeUpChannel {

    @EmbeddedId
    private WakeUpChannelKey key;

    private String kind;

    @JdbcTypeCode(SqlTypes.JSON)
    private WakeUpChannelDescription settings;

    private byte[] sealedSecret;
    private Instant createdAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected WakeUpChannel() {}

    WakeUpChannel(WakeUpChannelKey key, WakeUpChannelDescription description, byte[] sealedSecret, Instant createdAt) {
        this.key = key;
        this.kind = description.kind();
        this.settings = description.withoutSecret();
        this.sealedSecret = sealedSecret;
        this.createdAt = createdAt;
        this.version = 1;
    }

    /** Takes over a new description; the secret stays as it is. */
    void describe(WakeUpChannelDescription description) {
        kind = description.kind();
        settings = description.withoutSecret();
    }

    /** Takes over a new secret. */
    void reseal(byte[] newSecret) {
        sealedSecret = newSecret;
    }

    String id() {
        return key.id();
    }

    /** The description, without the secret. */
    WakeUpChannelDescription description() {
        return settings;
    }

    byte[] sealedSecret() {
        return sealedSecret;
    }

    Instant createdAt() {
        return createdAt;
    }

    long version() {
        return version;
    }
}
