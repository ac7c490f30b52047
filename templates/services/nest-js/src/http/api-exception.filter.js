import { STATUS_CODES } from 'node:http';
import { Catch, HttpException, Logger } from '@nestjs/common';

/** @import { ArgumentsHost } from '@nestjs/common' */

/** The one place where exceptions become responses. */
@Catch()
export class ApiExceptionFilter {
  #logger = new Logger(ApiExceptionFilter.name);

  /**
   * @param {unknown} exception
   * @param {ArgumentsHost} host
   */
  catch(exception, host) {
    const response = host.switchToHttp().getResponse();
    const { status, code, message } = toProblem(exception);
    if (status >= 500) this.#logger.error(message, { err: rootOf(exception) });
    // Half an answer cannot become another one; let the client see that it is broken.
    if (response.headersSent) response.destroy();
    else response.status(status).json({ error: { code, message } });
  }
}

/**
 * Anything that is no HttpException is a 500 and keeps its details to the log.
 * @param {unknown} exception
 */
function toProblem(exception) {
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

/** @param {unknown} exception */
function rootOf(exception) {
  return (exception instanceof HttpException && exception.cause) || exception;
}
