import { BadRequestException, Injectable, StandardSchemaValidationPipe } from '@nestjs/common';

/** Checks what has a schema: `@Body({ schema })`, `@Query({ schema })`, `@Param('id', { schema })`. */
@Injectable()
export class SchemaValidationPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({
      exceptionFactory: (issues) =>
        new BadRequestException(super.formatIssueMessages(issues).join('; '), {
          errorCode: 'invalid_body',
        }),
    });
  }
}
