<?php

use App\Http\Controllers\HealthController;
use App\Http\Controllers\HitController;
use App\Http\Controllers\ItemController;
use App\Settings;
use Illuminate\Support\Facades\Route;

// First, so that a health check path of your own replaces no route: the last of two equal ones counts.
Route::get(app(Settings::class)->healthcheckPath, [HealthController::class, 'health']);

Route::get('/', [HealthController::class, 'index']);
Route::get('/health', [HealthController::class, 'health']);
Route::get('/ready', [HealthController::class, 'ready']);
Route::get('/items', [ItemController::class, 'index']);
Route::post('/items', [ItemController::class, 'store']);
Route::post('/hits', [HitController::class, 'store']);
