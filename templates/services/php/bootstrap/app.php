<?php

use App\Exceptions\ErrorResponse;
use App\Http\Middleware\LimitBody;
use App\Http\Middleware\RequestContext;
use Illuminate\Foundation\Application;
use Illuminate\Foundation\Configuration\Exceptions;
use Illuminate\Foundation\Configuration\Middleware;

return Application::configure(basePath: dirname(__DIR__))
    ->withRouting(api: __DIR__.'/../routes/api.php', apiPrefix: '')
    ->withMiddleware(function (Middleware $middleware): void {
        $middleware->use([RequestContext::class, LimitBody::class]);
    })
    ->withExceptions(function (Exceptions $exceptions): void {
        $exceptions->report(ErrorResponse::report(...))->stop();
        $exceptions->render(ErrorResponse::render(...));
    })
    ->create();
