import { STATUS_CODES } from 'node:http';
import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Logger,
} from '@nestjs/common';
import type { Response } from 'express';

interface Problem {
  status: number;
  code: string;
  message: string;
}

/** The one place where exceptions become responses. */
@Catch()
export class ApiExceptionFilter implements ExceptionFilter {
  private readonly logger = new Logger(ApiExceptionFilter.name);

  catch(exception: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const { status, code, message } = toProblem(exception);
    if (status >= 500) this.logger.error(message, { err: rootOf(exception) });
    // Half an answer cannot become another one; let the client see that it is broken.
    if (response.headersSent) response.destroy();
    else response.status(status).json({ error: { code, message } });
  }
}

/** Anything that is no HttpException is a 500 and keeps its details to the log. */
function toProblem(exception: unknown): Problem {
  if (!(exception instanceof HttpException)) {
    return { status: 500, code: 'internal_error', message: 'Internal server error' };
  }
  const status = exception.getStatus();
  if (exception.cause instanceof SyntaxError) {
    return { status, code: 'invalid_json', message: 'The body is not valid JSON' };
  }
  const reason = STATUS_CODES[status] ?? 'Error';
  const code = exception.errorCode ?? reason.toLowerCase().replaceAll(' ', '_');
  return { status, code, message: exception.message };
}

function rootOf(exception: unknown): unknown {
  return (exception instanceof HttpException && exception.cause) || exception;
}
