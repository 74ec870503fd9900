package io.warren.platform.downlink;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.LongString;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.support.DefaultMessagePropertiesConverter;

/** Leaves correlation data as the bytes that they are: devices send any, and what is no text would not survive being read as one. */
public final class BinaryCorrelation extends DefaultMessagePropertiesConverter {

    @Override
    public MessageProperties toMessageProperties(BasicProperties source, @Nullable Envelope envelope, String charset) {
        MessageProperties properties = super.toMessageProperties(source, envelope, charset);
        if (source.getHeaders() != null
                && source.getHeaders().get(ReplyAddress.CORRELATION_HEADER) instanceof LongString bytes) {
            properties.setHeader(ReplyAddress.CORRELATION_HEADER, bytes);
        }
        return properties;
    }
}
